import type { AtomicUsdc, Job, JobNote, JobQuery, LedgerStatus, NetworkId, Purchase } from '@bursar/core'
import { BoundedMap } from '@bursar/core/bounded-map'
import type { ScopeUsage, UsageQuery } from '../../rules/budgets.js'
import { isHeld } from '../../rules/questions.js'
import type { Scope } from '../../rules/scopes.js'
import type { ScopeSums, SumsMove } from '../../rules/sums.js'
import type {
  Page,
  PurchaseFilter,
  ScopeQuery,
  StoredRow,
  Transaction,
  WhichCalls
} from '../../steps/transaction.js'
import { matches } from '../history-filter.js'
import { MemoryPurchases } from './memory-purchases.js'
import { ScopeSeries } from './scope-series.js'

/** How many jobs are remembered, of every name that callers gave. */
const MAX_JOBS = 10_000

/** A job as it was noted last. It stays in its place among the others. */
interface JobEntry {
  job: Job
}

/** All that is kept in memory. */
export class MemoryTables {
  readonly purchases = new MemoryPurchases()
  readonly series = new ScopeSeries()
  /** By origin and name, in the order in which they were first noted. */
  readonly jobs = new BoundedMap<string, JobEntry>(MAX_JOBS)
  frozen: LedgerStatus['frozen']
}

/** There is one session: nobody else sees this memory. */
const session = {
  id: 'memory',
  isOurs: true,
  heartbeatAtMs: 0,
  hasEnded: false,
  isProcessGone: false,
  sharesClock: true
}

/** Reads and writes what is kept in memory, at once. What fails has written nothing: the rules are asked first. */
export class MemoryTransaction implements Transaction {
  readonly nowMs: number
  readonly #tables: MemoryTables

  constructor(tables: MemoryTables, nowMs: number) {
    this.#tables = tables
    this.nowMs = nowMs
  }

  frozen(): LedgerStatus['frozen'] {
    return this.#tables.frozen
  }

  restored(): undefined {}

  byId(id: string): StoredRow | undefined {
    return rowOf(this.#tables.purchases.byId(id))
  }

  byName(name: string): StoredRow | undefined {
    return rowOf(this.#tables.purchases.byName(name))
  }

  byJob(job: string): StoredRow | undefined {
    return rowOf(this.#tables.purchases.all().findLast((purchase) => purchase.job === job))
  }

  /** What is open is open in this session. */
  equalCalls(fingerprint: string, which: WhichCalls): readonly StoredRow[] {
    return rowsOf(this.#tables.purchases.equalCalls(fingerprint, which))
  }

  newest(beforeMs?: number): number {
    return this.#tables.purchases.newest(beforeMs)
  }

  answeredSince(fingerprint: string, newest: number): readonly StoredRow[] {
    return rowsOf(this.#tables.purchases.answeredSince(fingerprint, newest))
  }

  held(): readonly StoredRow[] {
    return rowsOf(this.#tables.purchases.all().filter(isHeld))
  }

  unanswered(limit: number): readonly StoredRow[] {
    const isUnanswered = (purchase: Purchase): boolean =>
      purchase.kind === 'payment' && purchase.state === 'settled' && purchase.call !== 'answered'
    return rowsOf(this.#tables.purchases.all().filter(isUnanswered).slice(-limit).reverse())
  }

  lastPayee(host: string, network: NetworkId): string | undefined {
    return this.#tables.purchases.lastPayee(host, network)
  }

  lastCost(host: string, path: string): AtomicUsdc | undefined {
    return this.#tables.purchases.lastCost(host, path)
  }

  sums(scopes: readonly Scope[]): readonly ScopeSums[] {
    return scopes.map((scope) => this.#tables.series.sumsOf(scope))
  }

  usage(queries: readonly UsageQuery[]): readonly ScopeUsage[] {
    return queries.map((query) => this.#tables.series.usageOf(query, this.nowMs))
  }

  scopes(query: ScopeQuery): readonly Scope[] {
    return this.#tables.series.list(query)
  }

  history(query: PurchaseFilter): Page<Purchase> {
    const newestFirst = [...this.#tables.purchases.all()].reverse()
    return { items: newestFirst.filter((purchase) => matches(purchase, query)) }
  }

  jobs({ fromMs = 0, job }: JobQuery): Page<Job> {
    const isWanted = (noted: Job): boolean =>
      noted.notedAtMs >= fromMs && (job === undefined || noted.job === job)
    const noted = [...this.#tables.jobs.values()].map(({ job }) => job)
    return { items: noted.filter(isWanted).reverse() }
  }

  insert(purchase: Purchase): void {
    this.#tables.purchases.put(purchase)
  }

  replace(_: StoredRow, after: Purchase): void {
    this.#tables.purchases.put(after)
  }

  takeOver(_: StoredRow, after: Purchase): void {
    this.#tables.purchases.put(after)
  }

  moveSums(scopes: readonly Scope[], move: SumsMove): void {
    this.#tables.series.move(scopes, move)
  }

  noteJob(note: JobNote): void {
    const { jobs } = this.#tables
    // An origin has no blank.
    const key = `${note.origin} ${note.job}`
    const entry = jobs.get(key)
    const purchase = note.purchase ?? entry?.job.purchase
    const bought = purchase === undefined ? {} : { purchase }
    const job = { notedAtMs: this.nowMs, ...entry?.job, ...note, ...bought }
    if (entry) entry.job = job
    else jobs.set(key, { job })
  }

  setFrozen(frozen: LedgerStatus['frozen']): void {
    this.#tables.frozen = frozen
  }

  setReconciled(): void {}
}

function rowOf(purchase: Purchase | undefined): StoredRow | undefined {
  return purchase && { purchase, session }
}

function rowsOf(purchases: readonly Purchase[]): readonly StoredRow[] {
  return purchases.map((purchase) => ({ purchase, session }))
}
