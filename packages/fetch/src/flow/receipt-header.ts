import { authorizationOf, isBursarError, type Purchase, type Settlement } from '@bursar/core'
import type { IncomingResponse } from '../transport/incoming-response.js'
import type { Delivery } from './delivery.js'
import { emitPurchase } from './emit.js'
import { readReceiptEvidence } from './evidence.js'
import type { Wire } from './load-wire.js'
import type { PaymentContext } from './payment-context.js'
import { paymentError } from './payment-error.js'

/**
 * Reads the settlement that the server reports. A header that cannot be read, or does not say whether the payment
 * succeeded, counts as absent.
 */
export function readSettlement(wire: Wire, response: IncomingResponse): Settlement | undefined {
  for (const header of ['PAYMENT-RESPONSE', 'X-PAYMENT-RESPONSE']) {
    const text = response.header(header.toLowerCase())
    if (text === undefined) continue
    const settlement = decode(wire, header, text)
    if (settlement) return settlement
  }
  return undefined
}

function decode(wire: Wire, header: string, text: string): Settlement | undefined {
  try {
    return wire.decodeSettlement(header, text)
  } catch (error) {
    if (isBursarError(error)) return undefined
    throw error
  }
}

/**
 * Records a successful receipt. One about another payment is ignored; one that the chain contradicts is an error.
 *
 * @throws {BursarError} `receipt/contradicted`
 */
export async function recordReceipt(
  context: PaymentContext,
  delivery: Delivery,
  settlement: Settlement | undefined
): Promise<void> {
  if (!settlement?.success || isAboutAnother(delivery.purchase, settlement)) return
  const { transaction } = settlement
  const amountAtomic = takenOf(delivery.purchase, settlement)
  if (amountAtomic === 0n) return delivery.noteUncharged()
  const verifying = context.verifyReceipt?.(delivery.purchase, transaction, amountAtomic)
  const reason = verifying && (await delivery.untilAborted(verifying))
  if (reason !== undefined) throw await contradictedError(delivery, reason)
  if (amountAtomic !== undefined) return learnCharge(delivery)
  const evidence = settlement.extensions && (await readReceiptEvidence(delivery.purchase, settlement))
  await delivery.record({ type: 'settled', transaction, evidence })
  emitPurchase(context, delivery.purchase, { type: 'settled' })
}

/**
 * A server that names a charge below the most frees budget by its word, and could take the most all the same. So the chain
 * says what was taken. Until it does, the most is held, and the chain is asked again in the background.
 */
async function learnCharge(delivery: Delivery): Promise<void> {
  await delivery.learn()
}

async function contradictedError(delivery: Delivery, reason: string): Promise<Error> {
  const { purchase, moneyState } = await delivery.learn()
  const what = 'The chain contradicts the receipt'
  return paymentError('receipt/contradicted', purchase, { moneyState, what, reason })
}

/** Whether the receipt is about another payment; such a receipt is ignored. */
function isAboutAnother(purchase: Purchase, { network, payer, amount }: Settlement): boolean {
  const { offer } = purchase
  const paidBy = authorizationOf(purchase)?.payer
  if (network?.includes(':') && network !== offer.network) return true
  const said = readAmount(amount)
  if (said !== undefined && (offer.upto ? said > offer.amountAtomic : said !== offer.amountAtomic))
    return true
  return payer !== undefined && paidBy !== undefined && payer.toLowerCase() !== paidBy.toLowerCase()
}

/** What the server has taken, where it may say so. @see x402 upto/EVM, "SettleResponse" */
function takenOf({ offer }: Purchase, { amount }: Settlement): bigint | undefined {
  return offer.upto && readAmount(amount)
}

function readAmount(amount: string | undefined): bigint | undefined {
  return amount !== undefined && /^\d{1,78}$/.test(amount) ? BigInt(amount) : undefined
}
