import {
  type AtomicUsdc,
  atomicUsdc,
  bytesOf,
  type Job,
  type JobNote,
  type JobQuery,
  type LedgerStatus,
  type NetworkId,
  type Purchase
} from '@bursar/core'
import type { ScopeUsage, UsageQuery } from '../../rules/budgets.js'
import type { SessionEvidence } from '../../rules/liveness.js'
import { heldName } from '../../rules/questions.js'
import type { Scope } from '../../rules/scopes.js'
import type { ScopeSums, SumsMove } from '../../rules/sums.js'
import type { SessionNote, SessionTransaction } from '../../session/session-driver.js'
import { runNow } from '../../steps/step.js'
import type { Page, PurchaseFilter, ScopeQuery, StoredRow, WhichCalls } from '../../steps/transaction.js'
import { placeColumns } from '../place-columns.js'
import { moveSums, readUsage } from '../running-totals.js'
import { decodePurchase, encodeFacts, encodeSecrets } from '../stored-purchase.js'
import { FileCache } from './file-cache.js'
import type { LedgerFile } from './ledger-file.js'
import type { Sessions } from './sessions.js'
import { SqliteLists } from './sqlite-lists.js'
import { SqliteSettings } from './sqlite-settings.js'
import { prepareStatements, type SqliteRow, type SqliteStatements } from './statements.js'

/** The reads and writes of one transaction after the other on the file. */
export class SqliteTransaction implements SessionTransaction {
  nowMs = 0
  /** The purchases of this session that the transaction has written. */
  changed: Purchase[] = []
  /** How many purchases this session has seen the ledger make. */
  purchases = 0
  readonly #lists: SqliteLists
  readonly #sessions: Sessions
  readonly #statements: SqliteStatements
  readonly #cache: FileCache
  readonly #settings: SqliteSettings

  /** @param restored why the file is an older copy of itself; not yet written in it. */
  constructor(file: LedgerFile, sessions: Sessions, restored?: string) {
    this.#lists = new SqliteLists(file)
    this.#sessions = sessions
    this.#cache = new FileCache(file)
    this.#statements = prepareStatements(file)
    this.#settings = new SqliteSettings(this.#statements, this.#cache, restored)
  }

  /** Starts a transaction or a read. */
  begin(nowMs: number): void {
    this.nowMs = nowMs
    this.#cache.begin()
  }

  /** Writes the remaining changes. Called last in every transaction. */
  flush(): void {
    this.#cache.sums.flush()
  }

  /** Returns what the transaction has written of this session's purchases; the next begins with none. */
  takeChanged(): readonly Purchase[] {
    const { changed } = this
    this.changed = []
    return changed
  }

  /** Forgets what was written: it does not hold. */
  rolledBack(): void {
    this.changed = []
    this.#cache.forget()
  }

  noteSession(note: SessionNote): void {
    this.#sessions.note(this.nowMs, note)
  }

  tidy(): void {
    this.#settings.keepRestored()
    this.#sessions.forgetOld(this.nowMs)
  }

  frozen(): LedgerStatus['frozen'] {
    return this.#settings.frozen()
  }

  restored(): LedgerStatus['restored'] {
    return this.#settings.restored()
  }

  forgottenUntilMs(): number | undefined {
    return this.#settings.forgottenUntilMs()
  }

  byId(id: string): StoredRow | undefined {
    const cached = this.#cache.rows.get(id)
    if (cached) return { purchase: cached, session: this.#sessions.evidenceOf(this.#sessions.id) }
    return this.#first(this.#statements.byId.all(id))
  }

  byName(name: string): StoredRow | undefined {
    return this.#first(this.#statements.byName.all(name))
  }

  byJob(job: string): StoredRow | undefined {
    return this.#first(this.#statements.byJob.all(job))
  }

  equalCalls(fingerprint: string, which: WhichCalls): readonly StoredRow[] {
    const { equalCalls, withBytes } = this.#statements
    return this.#rows(
      which === 'all'
        ? equalCalls.all(fingerprint, fingerprint)
        : withBytes.all(fingerprint, this.#sessions.id)
    )
  }

  newest(beforeMs?: number): number {
    const { newest, newestBefore } = this.#statements
    const [row] = beforeMs === undefined ? newest.all() : newestBefore.all(BigInt(beforeMs))
    return Number(row?.seq ?? 0n)
  }

  answeredSince(fingerprint: string, newest: number): readonly StoredRow[] {
    return this.#rows(this.#statements.answeredSince.all(BigInt(newest), fingerprint))
  }

  held(): readonly StoredRow[] {
    return this.#rows(this.#statements.held.all())
  }

  unanswered(limit: number): readonly StoredRow[] {
    return this.#rows(this.#statements.unanswered.all(BigInt(limit)))
  }

  lastPayee(host: string, network: NetworkId): string | undefined {
    const [row] = this.#statements.lastPayee.all(host, network, host, network)
    return row && decodePurchase({ facts: row.facts, secrets: null }).offer.payTo
  }

  lastCost(host: string, path: string): AtomicUsdc | undefined {
    const [row] = this.#statements.lastCost.all(host, path, host, path)
    return row && atomicUsdc(row.cost)
  }

  sums(scopes: readonly Scope[]): readonly ScopeSums[] {
    return this.#cache.sums.readSums(scopes)
  }

  usage(queries: readonly UsageQuery[]): readonly ScopeUsage[] {
    return runNow(readUsage(this.#cache.sums, queries, this.nowMs))
  }

  scopes({ prefix, afterMs, limit }: ScopeQuery): readonly Scope[] {
    // It reads the table, and sums that this transaction has changed are not there yet.
    this.#cache.sums.flush()
    const rows = this.#statements.scopes.all(prefix, prefix, BigInt(Math.floor(afterMs)), BigInt(limit))
    return rows.map(({ scope }) => scope)
  }

  history(query: PurchaseFilter, before: bigint | undefined): Page<Purchase> {
    return this.#lists.purchases(query, before)
  }

  jobs(query: JobQuery, before: bigint | undefined): Page<Job> {
    return this.#lists.jobs(query, before)
  }

  insert(purchase: Purchase): void {
    const { id, fingerprint, name = null, offer, state, call, reservedAtMs } = purchase
    // In one array, which libsql takes as it is.
    const { lastInsertRowid } = this.#statements.insert.run([
      ...[id, fingerprint, name, ...placeColumns(purchase), offer.network, offer.cost, state, call],
      ...[this.#sessions.id, BigInt(reservedAtMs), encodeFacts(purchase)]
    ])
    this.purchases = Math.max(this.purchases, Number(lastInsertRowid))
    const secrets = encodeSecrets(purchase)
    if (secrets !== null) this.#statements.insertSecrets.run([lastInsertRowid, fingerprint, secrets])
    this.#keep(purchase)
  }

  replace({ purchase: before, session }: StoredRow, after: Purchase): void {
    const { id, state, call, job } = after
    if (heldName(before) === heldName(after) && before.job === job)
      this.#statements.progress.run([state, call, encodeFacts(after), id])
    else this.#update(after, session.id)
    this.#keepSecrets(before, after)
    if (session.isOurs) this.#keep(after)
  }

  takeOver({ purchase: before }: StoredRow, after: Purchase): void {
    this.#update(after, this.#sessions.id)
    this.#keepSecrets(before, after)
    this.#keep(after)
  }

  #update(after: Purchase, session: string): void {
    const { id, state, call, job = null } = after
    this.#statements.update.run([heldName(after) ?? null, state, call, session, job, encodeFacts(after), id])
  }

  moveSums(scopes: readonly Scope[], move: SumsMove): void {
    runNow(moveSums(this.#cache.sums, scopes, move))
  }

  noteJob({ job, purchase, origin, labels }: JobNote): void {
    this.#statements.noteJob.run(job, purchase ?? null, origin, JSON.stringify(labels), BigInt(this.nowMs))
  }

  setFrozen(frozen: LedgerStatus['frozen']): void {
    this.#settings.setFrozen(frozen)
  }

  setReconciled(): void {
    this.#settings.setReconciled()
  }

  /** Stores the signed bytes when a purchase gets them, and erases them when it no longer has them. */
  #keepSecrets(before: Purchase, after: Purchase): void {
    // The same object means that the bytes did not change.
    if (bytesOf(before) === bytesOf(after)) return
    const secrets = encodeSecrets(after)
    if (secrets === null) this.#statements.eraseSecrets.run(after.id)
    else this.#statements.writeSecrets.run([secrets, after.id])
  }

  /** Keeps what this session has written of a purchase that it works on. */
  #keep(purchase: Purchase): void {
    this.#cache.rows.keep(purchase)
    this.changed.push(purchase)
  }

  #first(rows: readonly SqliteRow[]): StoredRow | undefined {
    return this.#rows(rows)[0]
  }

  #rows(rows: readonly SqliteRow[]): StoredRow[] {
    const sessions = new Map<string, SessionEvidence>()
    return rows.map((row) => {
      const session = sessions.get(row.session) ?? this.#sessions.evidenceOf(row.session)
      sessions.set(row.session, session)
      return { purchase: decodePurchase(row), session }
    })
  }
}
