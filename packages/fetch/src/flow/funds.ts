import {
  abortable,
  amountWords,
  atomicUsdc,
  BursarError,
  formatDecimal,
  type Offer,
  type Purchase,
  paidWith
} from '@bursar/core'
import type { Choice } from './evaluate-offer.js'
import type { PaymentContext } from './payment-context.js'

/** For so long nobody looks again. Another process may spend from the same account meanwhile. */
const TRUSTED_MS = 60_000

/** Whether an account is known to hold enough for an offer. `undefined`: nobody has looked lately. */
export function knownToSuffice({ funds, clock }: PaymentContext, offer: Offer): boolean | undefined {
  const known = funds.get(keyOf(offer))
  if (!known || clock.nowMs() - known.readAtMs > TRUSTED_MS) return undefined
  return known.atomic >= offer.amountAtomic
}

/**
 * Looks whether the account of a payer holds enough for an offer.
 *
 * @throws {BursarError} `offer/unfunded`, `rpc/unavailable`
 */
export async function assertFunded(
  context: PaymentContext,
  { offer, payer }: Choice,
  signal: AbortSignal | undefined
): Promise<void> {
  const read = payer.balances?.readToken
  if (!read) return
  const atomic = await abortable(read(offer.asset, signal), signal)
  context.funds.set(keyOf(offer), { atomic, readAtMs: context.clock.nowMs() })
  const account = await payer.address()
  if (offer.asset.symbol === 'USDC')
    context.balances?.saw({ network: offer.network.id, account }, atomicUsdc(atomic))
  if (atomic < offer.amountAtomic) throw unfundedError(offer, account, atomic)
}

/** Notes that a payment was made, so that the next call need not look to know. */
export function noteSpent({ funds }: PaymentContext, offer: Offer): void {
  const known = funds.get(keyOf(offer))
  if (known) funds.set(keyOf(offer), { ...known, atomic: known.atomic - offer.amountAtomic })
}

/** Notes that a payment was refused because the account holds too little, so that the next call looks before it signs. */
export function noteRefused({ funds, clock }: PaymentContext, { offer }: Purchase, reason = ''): void {
  if (!/insufficient|not.?enough|exceeds.?balance/i.test(reason)) return
  funds.set(`${offer.network} ${offer.asset}`, { atomic: 0n, readAtMs: clock.nowMs() })
}

function keyOf({ asset: { network, address } }: Offer): string {
  return `${network} ${address}`
}

function unfundedError(offer: Offer, account: string, atomic: bigint): BursarError<'offer/unfunded'> {
  const { network, asset } = offer
  const held = formatDecimal(atomic, asset.decimals)
  return new BursarError('offer/unfunded', {
    message:
      `The account ${account} holds ${held} ${asset.symbol} on ${network.name}, and the offer asks for ` +
      `${amountWords({ ...offer, ...paidWith(offer) })}. Send some to it. Nothing was signed.`,
    context: {
      network: network.id,
      asset: asset.address,
      account,
      held,
      amount: formatDecimal(offer.amountAtomic, asset.decimals),
      symbol: asset.symbol
    },
    moneyState: 'none'
  })
}
