import type { LedgerChange } from '@bursar/audit'
import { ownAmountOf, type Purchase, transactionOf } from '@bursar/core'
import type { Notification } from './notification.js'

/** What a change that `watchLedger` saw is told as. @returns `undefined` for one that is told nobody. */
export function notificationOfChange(change: LedgerChange): Notification | undefined {
  const { atMs } = change
  if (change.type === 'thawed') return { type: 'ledger.thawed', id: `thawed_${atMs}`, atMs, data: {} }
  if (change.type === 'frozen') {
    const { reason, by } = change
    return { type: 'ledger.frozen', id: `frozen_${atMs}`, atMs, data: { reason, by } }
  }
  const { purchase, state, was } = change
  if (!isPaid(state) || isPaid(was)) return undefined
  const type = purchase.labels['top-up'] === undefined ? 'payment.settled' : 'balance.topped-up'
  return { type, id: `settled_${purchase.id}`, atMs, data: purchaseData(purchase) }
}

/** Paid for is also what nobody got an answer for. */
function isPaid(state: Extract<LedgerChange, { type: 'purchase' }>['was']): boolean {
  return state === 'settled' || state === 'undelivered'
}

/** What a payment that could settle for too long is told as. */
export function notificationOfOutstanding(purchase: Purchase, atMs: number): Notification {
  const data = { ...purchaseData(purchase), state: purchase.state, since: purchase.reservedAtMs }
  return { type: 'payment.outstanding', id: `outstanding_${purchase.id}`, atMs, data }
}

function purchaseData(purchase: Purchase): Notification['data'] {
  const { id, origin, offer, labels } = purchase
  const { amount, symbol } = ownAmountOf(offer)
  const transaction = transactionOf(purchase)
  return {
    purchase: id,
    host: origin.slice(origin.indexOf('//') + 2),
    network: offer.network,
    amount,
    asset: symbol,
    ...(transaction === undefined ? {} : { transaction }),
    ...(labels.agent === undefined ? {} : { agent: labels.agent })
  }
}
