import type { SettlementStatus } from './payer.js'
import type { PurchaseEvent } from './purchase-event.js'

/** The event of a settlement that the chain shows, dated by the chain where it says when: what is learned late is not new. */
export function settledEvent({
  transaction,
  amountAtomic,
  settledAtSeconds
}: Extract<SettlementStatus, { status: 'settled' }>): PurchaseEvent {
  const settledAtMs = settledAtSeconds === undefined ? undefined : settledAtSeconds * 1000
  return { type: 'settled', transaction, amountAtomic, settledAtMs }
}
