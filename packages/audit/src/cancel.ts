import { BursarError, bursarErrorOf, bytesOf, loggable, type Purchase, settledEvent } from '@bursar/core'
import { type AuditParts, familyOf } from './audit-parts.js'

/** The result of a cancellation. */
export interface CancelOutcome {
  readonly purchase: Purchase
  /** `cancelled`: it can never settle, and its budget is free. `settled`: it had settled before. */
  readonly outcome: 'cancelled' | 'settled'
  /** That tried to cancel; absent when there was nothing left to cancel. */
  readonly transaction?: string
}

/**
 * Cancels a purchase's authorization on the chain, for the gas of a transaction, and frees its budget.
 *
 * @throws {BursarError} `purchase/not-cancellable`, `rpc/unavailable`, `ledger/unavailable`
 */
export async function cancel(parts: AuditParts, id: string): Promise<CancelOutcome> {
  const purchase = await parts.ledger.find({ id })
  if (!purchase) throw notCancellable(id, 'the ledger knows no such purchase', { moneyState: 'none' })
  if (purchase.state === 'settled') return loggable({ purchase: loggable(purchase), outcome: 'settled' })
  const payment = bytesOf(purchase)?.payment
  if (!payment)
    throw notCancellable(id, `it is ${purchase.state}, and nothing of it is out`, { moneyState: 'none' })
  if (purchase.call === 'open')
    throw notCancellable(id, 'its call is still going on; abort that first', { moneyState: 'sent' })
  const auditor = await parts.auditorOf(familyOf(payment.network))
  if (!auditor?.cancel) {
    const reason = `nothing on ${payment.network} can be cancelled; it dies by itself when it expires`
    throw notCancellable(id, reason, { moneyState: 'sent' })
  }
  const transaction = await auditor.cancel(payment).catch((error: unknown) => {
    // An auditor knows the payment's reference, and not the purchase.
    const refused = bursarErrorOf(error, 'purchase/not-cancellable')
    throw refused ? notCancellable(id, refused.context.reason, { moneyState: 'sent', cause: error }) : error
  })
  const concluded = await conclude(parts, purchase)
  return loggable({ ...concluded, purchase: loggable(concluded.purchase), transaction })
}

/** The chain says which of the two came first. */
async function conclude({ ledger, payerOf }: AuditParts, purchase: Purchase): Promise<CancelOutcome> {
  const { id } = purchase
  const payment = bytesOf(purchase)?.payment
  const payer = await payerOf(familyOf(purchase.offer.network))
  const settlement = payment && (await payer?.getSettlementStatus(payment))
  switch (settlement?.status) {
    case 'settled':
      return { purchase: await ledger.recordEvent(id, settledEvent(settlement)), outcome: 'settled' }
    case 'dead':
      return {
        purchase: await ledger.recordEvent(id, { type: 'dead', reference: payment?.reference }),
        outcome: 'cancelled'
      }
    default:
      throw notCancellable(id, 'the chain does not show the cancellation yet; recover asks it again', {
        moneyState: 'sent'
      })
  }
}

function notCancellable(
  purchase: string,
  reason: string,
  { moneyState, cause }: { readonly moneyState: 'none' | 'sent'; readonly cause?: unknown }
): BursarError<'purchase/not-cancellable'> {
  const money = moneyState === 'sent' ? 'It can still settle.' : 'Nothing was done.'
  return new BursarError('purchase/not-cancellable', {
    message: `Purchase ${purchase} cannot be cancelled: ${reason}. ${money}`,
    context: { purchase, reason },
    moneyState,
    ...(cause === undefined ? {} : { cause })
  })
}
