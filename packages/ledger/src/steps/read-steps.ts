import type { LedgerStatus, Purchase, PurchaseQuery } from '@bursar/core'
import { evaluateSession } from '../rules/liveness.js'
import { endAbandonedCall } from '../rules/orphans.js'
import { isOutstanding } from '../rules/questions.js'
import { ask, type Step } from './step.js'
import type { Reads, StoredRow } from './transaction.js'

/** Finds one purchase. The call of a session that is gone has failed. */
export function* findStep(store: Reads, query: PurchaseQuery): Step<Purchase | undefined> {
  const row = yield* ask(
    'id' in query ? store.byId(query.id) : 'name' in query ? store.byName(query.name) : store.byJob(query.job)
  )
  return row && currentPurchase(store, row)
}

/** Reads whether the ledger may pay. */
export function* statusStep(store: Reads): Step<Omit<LedgerStatus, 'unwritten'>> {
  const [frozen, restored] = [yield* ask(store.frozen()), yield* ask(store.restored())]
  const forgottenUntilMs = store.forgottenUntilMs && (yield* ask(store.forgottenUntilMs()))
  return { frozen, restored, forgottenUntilMs }
}

/** Lists what can still settle. */
export function* outstandingStep(store: Reads): Step<readonly Purchase[]> {
  const rows = yield* ask(store.held())
  return rows.map((row) => currentPurchase(store, row)).filter(isOutstanding)
}

function currentPurchase(store: Reads, { purchase, session }: StoredRow): Purchase {
  return purchase.call === 'open'
    ? endAbandonedCall(purchase, evaluateSession(session, store.nowMs))
    : purchase
}
