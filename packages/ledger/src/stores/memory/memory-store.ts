import type {
  Clock,
  HistoryQuery,
  Job,
  JobNote,
  JobQuery,
  LedgerStatus,
  Purchase,
  PurchaseEvent
} from '@bursar/core'
import { conflictError } from '../../errors.js'
import type { UsageQuery } from '../../rules/budgets.js'
import { isHeld } from '../../rules/questions.js'
import type { Scope } from '../../rules/scopes.js'
import type { SumsMove } from '../../rules/sums.js'
import { recordStep } from '../../steps/record-step.js'
import { runNow, type Step } from '../../steps/step.js'
import type { Store } from '../../steps/store.js'
import type { StoredRow, Transaction } from '../../steps/transaction.js'
import { matches } from '../history-filter.js'
import { MemoryPurchases } from './memory-purchases.js'
import { ScopeSeries } from './scope-series.js'

/** There is one session: nobody else sees this memory. */
const session = { id: 'memory', isOurs: true, heartbeatAtMs: 0, hasEnded: false, isProcessGone: false }

const rowOf = (purchase: Purchase | undefined): StoredRow | undefined => purchase && { purchase, session }

/** Keeps purchases in memory. Every step runs at once, so that nothing comes between. */
export class MemoryStore implements Store {
  readonly who = 'this process'
  readonly #clock: Clock
  readonly #purchases = new MemoryPurchases()
  readonly #series = new ScopeSeries()
  #jobs: readonly Job[] = []
  #frozen: LedgerStatus['frozen']

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async write<Value>(step: (store: Transaction) => Step<Value>): Promise<Value> {
    return runNow(step(this.#transaction()))
  }

  async read<Value>(step: (store: Transaction) => Step<Value>): Promise<Value> {
    return runNow(step(this.#transaction()))
  }

  async record(id: string, event: PurchaseEvent): Promise<Purchase> {
    const recorded = await this.write((store) => recordStep(store, id, event))
    if ('purchase' in recorded) return recorded.purchase
    throw conflictError(id, recorded.conflict, event.type)
  }

  /** Nothing that fails has written anything. */
  undo(): void {}

  unwritten(): number {
    return 0
  }

  async close(): Promise<void> {}

  #transaction(): Transaction {
    const purchases = this.#purchases
    const series = this.#series
    const nowMs = this.#clock.nowMs()
    const rows = (found: readonly Purchase[]) => found.map((purchase) => ({ purchase, session }))
    return {
      nowMs,
      frozen: () => this.#frozen,
      restored: () => undefined,
      byId: (id) => rowOf(purchases.byId(id)),
      byName: (name) => rowOf(purchases.byName(name)),
      byJob: (job) => rowOf(purchases.all().findLast((purchase) => purchase.job === job)),
      equalCalls: (fingerprint) => rows(purchases.equalCalls(fingerprint)),
      newest: () => purchases.newest,
      answeredSince: (fingerprint, newest) => rows(purchases.answeredSince(fingerprint, newest)),
      held: () => rows(purchases.all().filter(isHeld)),
      lastPayee: (host, network) => purchases.lastPayee(host, network),
      lastCost: (host, path) => purchases.lastCost(host, path),
      sums: (scopes: readonly Scope[]) => scopes.map((scope) => series.sumsOf(scope)),
      usage: (queries: readonly UsageQuery[]) => queries.map((query) => series.usageOf(query, nowMs)),
      history: (query: HistoryQuery) => ({
        items: [...purchases.all()].reverse().filter((purchase) => matches(purchase, query))
      }),
      jobs: ({ fromMs = 0, job }: JobQuery) => {
        const isWanted = (noted: Job): boolean =>
          noted.notedAtMs >= fromMs && (job === undefined || noted.job === job)
        return { items: this.#jobs.filter(isWanted).reverse() }
      },
      insert: (purchase) => purchases.put(purchase),
      replace: (_, after) => purchases.put(after),
      moveSums: (scopes: readonly Scope[], move: SumsMove) => series.move(scopes, move),
      noteJob: (note: JobNote) => {
        const isSame = ({ job, origin }: JobNote): boolean => job === note.job && origin === note.origin
        const before = this.#jobs.find(isSame)
        const purchase = note.purchase ?? before?.purchase
        const noted = {
          notedAtMs: nowMs,
          ...before,
          ...note,
          ...(purchase === undefined ? {} : { purchase })
        }
        this.#jobs = before ? this.#jobs.map((job) => (job === before ? noted : job)) : [...this.#jobs, noted]
      },
      setFrozen: (frozen) => {
        this.#frozen = frozen
      },
      setReconciled: () => {}
    }
  }
}
