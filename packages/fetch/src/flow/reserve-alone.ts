import { BursarError, bytesOf, type Purchase, sameAddress } from '@bursar/core'
import type { ChallengedCall } from './call.js'
import type { PaymentContext } from './payment-context.js'
import type { Prepared } from './prepare-payment.js'

/** How often it is asked whether another payment is still open. */
const POLL_MS = 250

/**
 * Reserves a payment whose gas the server pays, once no other of the same account and token is open. The token counts such
 * permits: of two that are open at once, the second would be refused.
 *
 * @param reserve reserves and signs it.
 * @returns what `reserve` returns; `undefined` after a wait, when the payment has to be prepared anew.
 * @throws {BursarError} `offer/none-usable` when another stays open.
 */
export async function reserveAlone(
  context: PaymentContext,
  { request: { signal } }: ChallengedCall,
  {
    prepared,
    reserve
  }: { readonly prepared: Prepared; readonly reserve: () => Promise<Purchase | undefined> }
): Promise<Purchase | undefined> {
  const { sponsored, clock, settings } = context
  const { offer, payment } = prepared
  const key = `${offer.network.id} ${offer.asset.address} ${payment.payer}`
  const endMs = clock.nowMs() + settings.afterPaymentMs
  for (let waits = 0; ; waits++) {
    if (!sponsored.has(key)) {
      // What this process is about to reserve, the ledger does not show yet.
      sponsored.add(key)
      try {
        if (!(await isAnotherOpen(context, prepared, signal)))
          return waits === 0 ? await reserve() : undefined
      } finally {
        sponsored.delete(key)
      }
    }
    if (clock.nowMs() >= endMs) throw anotherOpenError(prepared)
    await clock.sleep(POLL_MS, signal)
  }
}

/** One that was answered without being charged keeps its permit, and is not sent again. */
async function isAnotherOpen(
  { ledger, clock }: PaymentContext,
  { offer, payment }: Prepared,
  signal: AbortSignal | undefined
): Promise<boolean> {
  const nowSeconds = clock.nowMs() / 1000
  const outstanding = await ledger.outstanding({ signal })
  return outstanding.some((purchase) => {
    const other = bytesOf(purchase)?.payment
    return (
      other?.extensions !== undefined &&
      purchase.call !== 'answered' &&
      other.expiresAtSeconds >= nowSeconds &&
      other.network === offer.network.id &&
      sameAddress(other.asset, offer.asset.address) &&
      sameAddress(other.payer, payment.payer)
    )
  })
}

function anotherOpenError({ offer }: Prepared): BursarError<'offer/none-usable'> {
  const network = offer.network.id
  const reason = `another payment of ${offer.asset.symbol} whose gas the server pays is still open`
  return new BursarError('offer/none-usable', {
    message: `The offer on ${network} cannot be paid now: ${reason}. Nothing was signed.`,
    context: { offers: [{ network, reason }] },
    moneyState: 'none'
  })
}
