import {
  type AtomicUsdc,
  atomicUsdc,
  type Job,
  type JobNote,
  type JobQuery,
  type LedgerStatus,
  type NetworkId,
  type Purchase
} from '@bursar/core'
import type { ScopeUsage, UsageQuery } from '../../rules/budgets.js'
import type { Scope } from '../../rules/scopes.js'
import type { ScopeSums, SumsMove } from '../../rules/sums.js'
import type { DatabaseTransaction } from '../../session/session-database.js'
import type { SessionNote } from '../../session/session-driver.js'
import { runAsync } from '../../steps/step.js'
import type { Page, PurchaseFilter, ScopeQuery, StoredRow, WhichCalls } from '../../steps/transaction.js'
import { moveSums, readUsage } from '../running-totals.js'
import { decodePurchase } from '../stored-purchase.js'
import { newestNumber, readJobs, readPurchases, writeJob } from './indexed-db-lists.js'
import type { IndexedDbSessions } from './indexed-db-sessions.js'
import { IndexedDbSettings } from './indexed-db-settings.js'
import { IndexedDbSums } from './indexed-db-sums.js'
import { type PurchaseRecord, recordOf } from './purchase-record.js'
import { answerOf, lastOf } from './request.js'
import type { StoreName } from './schema.js'

/** Whose transaction it is, and when. */
export interface TransactionSession {
  readonly id: string
  readonly nowMs: number
  /** The newest of its transactions that holds. */
  readonly written: number
  readonly sessions: IndexedDbSessions
}

/** What is read from IndexedDB and written to it within one transaction. */
export class IndexedDbTransaction implements DatabaseTransaction {
  readonly nowMs: number
  readonly written: number
  readonly changed: Purchase[] = []
  readonly #transaction: IDBTransaction
  readonly #own: string
  readonly #sessions: IndexedDbSessions
  readonly #sums: IndexedDbSums
  readonly #settings: IndexedDbSettings

  constructor(transaction: IDBTransaction, { id, nowMs, written, sessions }: TransactionSession) {
    this.#transaction = transaction
    this.#own = id
    this.nowMs = nowMs
    this.written = written
    this.#sessions = sessions
    this.#sums = new IndexedDbSums(transaction)
    this.#settings = new IndexedDbSettings(transaction.objectStore('settings'))
  }

  frozen(): Promise<LedgerStatus['frozen']> {
    return this.#settings.frozen()
  }

  restored(): Promise<LedgerStatus['restored']> {
    return this.#settings.restored()
  }

  forgottenUntilMs(): Promise<number | undefined> {
    return this.#settings.forgottenUntilMs()
  }

  async byId(id: string): Promise<StoredRow | undefined> {
    return this.#row(await this.#record(id))
  }

  async byName(name: string): Promise<StoredRow | undefined> {
    return this.#row(await answerOf<PurchaseRecord | undefined>(this.#index('name').get(name)))
  }

  async byJob(job: string): Promise<StoredRow | undefined> {
    return this.#row(await lastOf<PurchaseRecord>(this.#index('job'), IDBKeyRange.only(job)))
  }

  async equalCalls(fingerprint: string, which: WhichCalls): Promise<readonly StoredRow[]> {
    const records: PurchaseRecord[] = await answerOf(this.#index('kept').getAll(fingerprint))
    const isWanted = ({ call, session }: PurchaseRecord): boolean =>
      which === 'all' || call !== 'open' || session !== this.#own
    return this.#rows(records.filter(isWanted))
  }

  async newest(beforeMs?: number): Promise<number> {
    if (beforeMs === undefined) return newestNumber(this.#store('purchases'))
    const range = IDBKeyRange.upperBound(beforeMs, true)
    const cursor = await answerOf(this.#index('reservedAtMs').openKeyCursor(range, 'prev'))
    return Number(cursor?.primaryKey ?? 0)
  }

  async answeredSince(fingerprint: string, newest: number): Promise<readonly StoredRow[]> {
    const range = IDBKeyRange.bound([fingerprint, newest], [fingerprint, []], true)
    return this.#rows(await answerOf(this.#index('answered').getAll(range)))
  }

  async held(): Promise<readonly StoredRow[]> {
    return this.#rows(await answerOf(this.#index('held').getAll(1)))
  }

  async unanswered(limit: number): Promise<readonly StoredRow[]> {
    const records: PurchaseRecord[] = await answerOf(this.#index('unanswered').getAll(1))
    return this.#rows(records.slice(-limit).reverse())
  }

  async lastPayee(host: string, network: NetworkId): Promise<string | undefined> {
    const record = await lastOf<PurchaseRecord>(this.#index('paid'), IDBKeyRange.only([host, network]))
    return record && decodePurchase({ facts: record.facts, secrets: null }).offer.payTo
  }

  async lastCost(host: string, path: string): Promise<AtomicUsdc | undefined> {
    const record = await lastOf<PurchaseRecord>(this.#index('priced'), IDBKeyRange.only([host, path]))
    return record && atomicUsdc(record.cost)
  }

  sums(scopes: readonly Scope[]): Promise<readonly ScopeSums[]> {
    return this.#sums.readSums(scopes)
  }

  usage(queries: readonly UsageQuery[]): Promise<readonly ScopeUsage[]> {
    return runAsync(readUsage(this.#sums, queries, this.nowMs))
  }

  scopes(query: ScopeQuery): Promise<readonly Scope[]> {
    return this.#sums.listScopes(query)
  }

  history(query: PurchaseFilter, before: bigint | undefined): Promise<Page<Purchase>> {
    return readPurchases(this.#store('purchases'), query, before)
  }

  jobs(query: JobQuery, before: bigint | undefined): Promise<Page<Job>> {
    return readJobs(this.#store('jobs'), query, before)
  }

  async insert(purchase: Purchase): Promise<void> {
    const purchases = this.#store('purchases')
    const seq = (await newestNumber(purchases)) + 1
    await answerOf(purchases.add(recordOf(purchase, { seq, session: this.#own, cost: purchase.offer.cost })))
    this.changed.push(purchase)
  }

  async replace({ session }: StoredRow, after: Purchase): Promise<void> {
    await this.#put(after, session.id)
    if (session.isOurs) this.changed.push(after)
  }

  async takeOver(_: StoredRow, after: Purchase): Promise<void> {
    await this.#put(after, this.#own)
    this.changed.push(after)
  }

  moveSums(scopes: readonly Scope[], move: SumsMove): Promise<void> {
    return runAsync(moveSums(this.#sums, scopes, move))
  }

  noteJob(note: JobNote): Promise<void> {
    return writeJob(this.#store('jobs'), note, this.nowMs)
  }

  setFrozen(frozen: LedgerStatus['frozen']): Promise<void> {
    return this.#settings.setFrozen(frozen)
  }

  setReconciled(): Promise<void> {
    return this.#settings.setReconciled()
  }

  noteSession(note: SessionNote): Promise<void> {
    return this.#sessions.note(this.nowMs, note)
  }

  tidy(): Promise<void> {
    return this.#sessions.forgetOld(this.nowMs)
  }

  async #put(after: Purchase, session: string): Promise<void> {
    const before = await this.#record(after.id)
    if (!before) return
    const { seq, cost } = before
    await answerOf(this.#store('purchases').put(recordOf(after, { seq, session, cost })))
  }

  async #record(id: string): Promise<PurchaseRecord | undefined> {
    return answerOf<PurchaseRecord | undefined>(this.#index('id').get(id))
  }

  async #row(record: PurchaseRecord | undefined): Promise<StoredRow | undefined> {
    return record && (await this.#rows([record]))[0]
  }

  async #rows(records: readonly PurchaseRecord[]): Promise<StoredRow[]> {
    const rows: StoredRow[] = []
    for (const record of records) {
      const session = await this.#sessions.evidenceOf(record.session)
      rows.push({ purchase: decodePurchase(record), session })
    }
    return rows
  }

  #index(name: string): IDBIndex {
    return this.#store('purchases').index(name)
  }

  #store(name: StoreName): IDBObjectStore {
    return this.#transaction.objectStore(name)
  }
}
