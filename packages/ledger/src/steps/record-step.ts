import type { Purchase, PurchaseEvent, PurchaseState } from '@bursar/core'
import { applyEvent } from '../rules/apply-event.js'
import { evaluateReport, stoppedByFreeze } from '../rules/own-events.js'
import { ask, type Step } from './step.js'
import type { Transaction } from './transaction.js'
import { replacePurchase } from './write-purchase.js'

/** What came of recording an event. */
export type Recorded =
  | { readonly purchase: Purchase }
  | { readonly conflict: PurchaseState | 'absent' }
  /** Payments were frozen while it was signed. */
  | { readonly frozen: { readonly reason: string } }

/** Writes what an event makes of a purchase. */
export function* recordStep(
  store: Transaction,
  id: string,
  event: PurchaseEvent,
  atMs = store.nowMs
): Step<Recorded> {
  const before = yield* ask(store.byId(id))
  if (!before) return { conflict: 'absent' }
  const report = evaluateReport(before, event)
  if (report === 'ignored') return { purchase: before.purchase }
  const frozen = stoppedByFreeze.has(event.type) ? yield* ask(store.frozen()) : undefined
  if (frozen) return { frozen }
  const after = report === 'accepted' ? applyEvent(before.purchase, event, atMs) : undefined
  if (!after) return { conflict: before.purchase.state }
  return { purchase: yield* replacePurchase(store, { before, after }) }
}
