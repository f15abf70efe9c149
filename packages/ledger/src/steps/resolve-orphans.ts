import { applyEvent } from '../rules/apply-event.js'
import { judgeSession } from '../rules/liveness.js'
import { asJudged, resolveOrphan } from '../rules/orphans.js'
import { ask, type Step } from './step.js'
import type { Transaction } from './transaction.js'
import { replacePurchase } from './write-purchase.js'

/** Ends what sessions that are gone had open and that needs no chain to be ended. Says whether there was any. */
export function* resolveOrphans(store: Transaction): Step<boolean> {
  let found = false
  for (const before of yield* ask(store.held())) {
    const judged = asJudged(before.purchase, judgeSession(before.session, store.nowMs))
    const event = resolveOrphan(judged)
    const after = event && applyEvent(judged, event, store.nowMs)
    if (!after) continue
    yield* replacePurchase(store, { before, after })
    found = true
  }
  return found
}
