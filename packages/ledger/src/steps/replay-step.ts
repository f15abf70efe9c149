import type { Purchase, PurchaseEvent } from '@bursar/core'
import { applyEvent } from '../rules/apply-event.js'
import { ask, type Step } from './step.js'
import type { Transaction } from './transaction.js'
import { replacePurchase } from './write-purchase.js'

/** What happened to a purchase since it was written. */
export interface Change {
  readonly id: string
  readonly before: Purchase
  readonly events: readonly { readonly event: PurchaseEvent; readonly atMs: number }[]
  readonly after: Purchase
}

/**
 * Writes what happened to a purchase earlier. Another process may have learned of its end from the chain meanwhile; then
 * that stays.
 */
export function* replayStep(store: Transaction, { id, before, events, after }: Change): Step<void> {
  const stored = (yield* ask(store.byId(id)))?.purchase
  if (!stored) return
  const replay = (): Purchase =>
    events.reduce((earlier, { event, atMs }) => applyEvent(earlier, event, atMs) ?? earlier, stored)
  // The very object that was written last and is still known: nobody has written since.
  yield* replacePurchase(store, { before: stored, after: stored === before ? after : replay() })
}
