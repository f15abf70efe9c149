import type { LedgerStatus, Purchase, PurchaseQuery, SummedQuery } from '@bursar/core'
import { evaluateSession } from '../rules/liveness.js'
import { endAbandonedCall } from '../rules/orphans.js'
import { isOutstanding } from '../rules/questions.js'
import { scopePrefix, summedName } from '../rules/scopes.js'
import { ask, type Step } from './step.js'
import type { Reads, StoredRow } from './transaction.js'

/** Finds one purchase. The call of a session that is gone has failed. */
export function* findStep(store: Reads, query: PurchaseQuery): Step<Purchase | undefined> {
  const row = yield* ask(
    'id' in query ? store.byId(query.id) : 'name' in query ? store.byName(query.name) : store.byJob(query.job)
  )
  return row && currentPurchase(store, row)
}

/** Reads whether the ledger may pay, and its time. */
export function* statusStep(store: Reads): Step<Omit<LedgerStatus, 'unwritten'>> {
  const [frozen, restored] = [yield* ask(store.frozen()), yield* ask(store.restored())]
  const forgottenUntilMs = store.forgottenUntilMs && (yield* ask(store.forgottenUntilMs()))
  return { frozen, restored, forgottenUntilMs, nowMs: store.nowMs }
}

/** Lists what can still settle. */
export function* outstandingStep(store: Reads): Step<readonly Purchase[]> {
  const rows = yield* ask(store.held())
  return rows.map((row) => currentPurchase(store, row)).filter(isOutstanding)
}

/** How much is listed of what is unbounded. */
const MAX_UNDELIVERED = 100
const MAX_SUMMED = 200

/** Lists what was paid and not answered. A call that may still be at work is none of them. */
export function* undeliveredStep(store: Reads): Step<readonly Purchase[]> {
  const rows = yield* ask(store.unanswered(MAX_UNDELIVERED))
  return rows.map((row) => currentPurchase(store, row)).filter(({ call }) => call === 'failed')
}

/** Names what sums are kept of. */
export function* summedStep(store: Reads, query: SummedQuery): Step<readonly string[]> {
  const { afterMs = -1 } = query
  const scopes = yield* ask(store.scopes({ prefix: scopePrefix(query), afterMs, limit: MAX_SUMMED }))
  return scopes.map((scope) => summedName(scope, query))
}

function currentPurchase(store: Reads, { purchase, session }: StoredRow): Purchase {
  return purchase.call === 'open'
    ? endAbandonedCall(purchase, evaluateSession(session, store.nowMs))
    : purchase
}
