import type { Purchase, PurchaseQuery } from '@bursar/core'
import { judgeSession } from '../rules/liveness.js'
import { asJudged } from '../rules/orphans.js'
import { isOutstanding } from '../rules/questions.js'
import { ask, type Step } from './step.js'
import type { Reads, StoredRow } from './transaction.js'

/** Finds one purchase. The call of a session that is gone has failed. */
export function* findStep(store: Reads, query: PurchaseQuery): Step<Purchase | undefined> {
  const row = yield* ask(
    'id' in query ? store.byId(query.id) : 'name' in query ? store.byName(query.name) : store.byJob(query.job)
  )
  return row && judged(store, row)
}

/** Lists what can still settle. */
export function* outstandingStep(store: Reads): Step<readonly Purchase[]> {
  const rows = yield* ask(store.held())
  return rows.map((row) => judged(store, row)).filter(isOutstanding)
}

function judged(store: Reads, { purchase, session }: StoredRow): Purchase {
  return purchase.call === 'open' ? asJudged(purchase, judgeSession(session, store.nowMs)) : purchase
}
