import type { Purchase, PurchaseEvent } from '@bursar/core'
import { applyEvent } from '../rules/apply-event.js'
import { evaluateReport } from '../rules/own-events.js'
import { type Attempt, undoOf } from '../rules/undo.js'
import { ask, type Step } from './step.js'
import type { Transaction } from './transaction.js'
import { replacePurchase } from './write-purchase.js'

/** An event that was recorded and is not written yet. */
export interface PendingEvent {
  readonly event: PurchaseEvent
  readonly atMs: number
}

/** A purchase whose caller got an error instead of it, or gave up. */
export interface Undone {
  readonly id: string
  readonly attempt: Attempt
}

/** What happened to a purchase of this session since it was written. */
export interface PendingChange {
  readonly id: string
  readonly events: readonly PendingEvent[]
  /** The purchase as it was written last and as it is now, where that is known. */
  readonly known?: { readonly before: Purchase; readonly after: Purchase } | undefined
}

/**
 * Writes earlier events of a purchase. If another process has learned its end from the chain meanwhile, that end stays.
 */
export function* replayStep(store: Transaction, { id, events, known }: PendingChange): Step<void> {
  const before = yield* ask(store.byId(id))
  if (!before) return
  // The same object as the one written last: nobody else has written since.
  const isSame = known?.before === before.purchase
  const own = events.filter(({ event }) => evaluateReport(before, event) === 'accepted')
  const after = isSame ? known.after : replayOn(before.purchase, own)
  yield* replacePurchase(store, { before, after })
}

/** Ends this session's open call of a purchase whose caller got an error instead of it, if it was made after all. */
export function* undoStep(store: Transaction, { id, attempt }: Undone): Step<void> {
  const before = yield* ask(store.byId(id))
  if (!before?.session.isOurs || before.purchase.call !== 'open') return
  const events = undoOf(before.purchase, attempt).map((event) => ({ event, atMs: store.nowMs }))
  yield* replacePurchase(store, { before, after: replayOn(before.purchase, events) })
}

function replayOn(purchase: Purchase, events: readonly PendingEvent[]): Purchase {
  return events.reduce((earlier, { event, atMs }) => applyEvent(earlier, event, atMs) ?? earlier, purchase)
}
