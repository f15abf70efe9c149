import { applyEvent } from '../rules/apply-event.js'
import { evaluateSession } from '../rules/liveness.js'
import { endAbandonedCall, resolveOrphan } from '../rules/orphans.js'
import { ask, type Step } from './step.js'
import type { Transaction } from './transaction.js'
import { replacePurchase } from './write-purchase.js'

/**
 * Ends the open purchases of sessions that are gone, where that needs no look at the chain. Returns whether there was
 * any.
 */
export function* resolveOrphans(store: Transaction): Step<boolean> {
  let found = false
  for (const before of yield* ask(store.held())) {
    const current = endAbandonedCall(before.purchase, evaluateSession(before.session, store.nowMs))
    const event = resolveOrphan(current)
    const after = event && applyEvent(current, event, store.nowMs)
    if (!after) continue
    yield* replacePurchase(store, { before, after })
    found = true
  }
  return found
}
