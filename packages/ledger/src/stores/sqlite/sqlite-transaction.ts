import {
  type AtomicUsdc,
  atomicUsdc,
  bytesOf,
  type HistoryQuery,
  type Job,
  type JobNote,
  type JobQuery,
  type LedgerStatus,
  type NetworkId,
  type Purchase
} from '@bursar/core'
import type { ScopeUsage, UsageQuery } from '../../rules/budgets.js'
import { hostOf } from '../../rules/host.js'
import type { SessionEvidence } from '../../rules/liveness.js'
import { holdsName } from '../../rules/questions.js'
import type { Scope } from '../../rules/scopes.js'
import type { ScopeSums, SumsMove } from '../../rules/sums.js'
import type { SessionTransaction } from '../../session/session-driver.js'
import { runNow } from '../../steps/step.js'
import type { Page, StoredRow } from '../../steps/transaction.js'
import { moveSums, readUsage } from '../running-totals.js'
import { decodePurchase, encodeFacts, encodeSecrets } from '../stored-purchase.js'
import { FileCache } from './file-cache.js'
import type { LedgerFile } from './ledger-file.js'
import type { Sessions } from './sessions.js'
import { readJobs, readPurchases } from './sqlite-lists.js'
import { prepareStatements, type SqliteRow, type SqliteStatements } from './statements.js'

/** The reads and writes of one transaction after the other on the file. */
export class SqliteTransaction implements SessionTransaction {
  nowMs = 0
  /** The purchases of this session that the transaction has written. */
  changed: Purchase[] = []
  /** How many purchases this session has seen the ledger make. */
  purchases = 0
  readonly #file: LedgerFile
  readonly #sessions: Sessions
  readonly #statements: SqliteStatements
  readonly #cache: FileCache
  #restored: string | undefined

  /** @param restored why the file is an older copy of itself; not yet written in it. */
  constructor(file: LedgerFile, sessions: Sessions, restored?: string) {
    this.#file = file
    this.#sessions = sessions
    this.#restored = restored
    this.#cache = new FileCache(file)
    this.#statements = prepareStatements(file)
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

  end(holds: boolean): void {
    this.changed = []
    if (!holds) this.#cache.forget()
  }

  noteSession(hasEnded: boolean): void {
    this.#sessions.note(this.nowMs, hasEnded)
  }

  tidy(): void {
    this.#keepRestored()
    this.#sessions.forgetOld(this.nowMs)
  }

  frozen(): LedgerStatus['frozen'] {
    const value = this.#setting('frozen')
    return value === undefined ? undefined : (JSON.parse(value) as LedgerStatus['frozen'])
  }

  restored(): LedgerStatus['restored'] {
    const reason = this.#setting('restored') ?? this.#restored
    return reason === undefined
      ? undefined
      : { reason: `${reason}; it must be compared with the chain first` }
  }

  forgottenUntilMs(): number | undefined {
    const value = this.#setting('forgotten')
    return value === undefined ? undefined : Number(value)
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

  equalCalls(fingerprint: string, withOurs: boolean): readonly StoredRow[] {
    const { equalCalls, withBytes } = this.#statements
    return this.#rows(withOurs ? equalCalls.all(fingerprint) : withBytes.all(fingerprint, this.#sessions.id))
  }

  newest(): number {
    const [row] = this.#statements.newest.all()
    return Number(row?.seq ?? 0n)
  }

  answeredSince(fingerprint: string, newest: number): readonly StoredRow[] {
    return this.#rows(this.#statements.answeredSince.all(BigInt(newest), fingerprint))
  }

  held(): readonly StoredRow[] {
    return this.#rows(this.#statements.held.all())
  }

  lastPayee(host: string, network: NetworkId): string | undefined {
    const [row] = this.#statements.lastPayee.all(host, network)
    return row && decodePurchase({ facts: row.facts, secrets: null }).offer.payTo
  }

  lastCost(host: string, path: string): AtomicUsdc | undefined {
    const [row] = this.#statements.lastCost.all(host, path)
    return row && atomicUsdc(row.cost)
  }

  sums(scopes: readonly Scope[]): readonly ScopeSums[] {
    return this.#cache.sums.readSums(scopes)
  }

  usage(queries: readonly UsageQuery[]): readonly ScopeUsage[] {
    return runNow(readUsage(this.#cache.sums, queries, this.nowMs))
  }

  history(query: HistoryQuery, before: bigint | undefined): Page<Purchase> {
    return readPurchases(this.#file, query, before)
  }

  jobs(query: JobQuery, before: bigint | undefined): Page<Job> {
    return readJobs(this.#file, query, before)
  }

  insert(purchase: Purchase): void {
    const { id, fingerprint, name = null, origin, path, kind, offer, state, call, reservedAtMs } = purchase
    // Only payments show the payee of a host and the price of a path.
    const pricedPath = kind === 'payment' ? path : null
    const { lastInsertRowid } = this.#statements.insert.run(
      ...[id, fingerprint, name, hostOf(origin), pricedPath, offer.network, offer.cost, state, call],
      ...[this.#sessions.id, BigInt(reservedAtMs), encodeFacts(purchase)]
    )
    this.purchases = Math.max(this.purchases, Number(lastInsertRowid))
    const secrets = encodeSecrets(purchase)
    if (secrets !== null) this.#statements.insertSecrets.run([lastInsertRowid, fingerprint, secrets])
    this.#keep(purchase, true)
  }

  replace({ purchase: before, session }: StoredRow, after: Purchase, takesOver: boolean): void {
    const { id, state, call, job } = after
    const facts = encodeFacts(after)
    const name = heldName(after)
    if (!takesOver && heldName(before) === name && before.job === job)
      this.#statements.progress.run([state, call, facts, id])
    else {
      const owner = takesOver ? this.#sessions.id : null
      this.#statements.update.run([name, state, call, owner, job ?? null, facts, id])
    }
    this.#keepSecrets(before, after)
    this.#keep(after, takesOver || session.isOurs)
  }

  moveSums(scopes: readonly Scope[], move: SumsMove): void {
    runNow(moveSums(this.#cache.sums, scopes, move))
  }

  noteJob({ job, purchase, origin, labels }: JobNote): void {
    this.#statements.noteJob.run(job, purchase ?? null, origin, JSON.stringify(labels), BigInt(this.nowMs))
  }

  setFrozen(frozen: LedgerStatus['frozen']): void {
    this.#setSetting('frozen', frozen && JSON.stringify(frozen))
  }

  /** Writes down what was seen when the file was opened, so that it holds until the ledger was compared with the chain. */
  #keepRestored(): void {
    if (this.#restored !== undefined) this.#setSetting('restored', this.#restored)
    this.#restored = undefined
  }

  setReconciled(): void {
    this.#restored = undefined
    this.#setSetting('restored', undefined)
  }

  #setting(key: string): string | undefined {
    const { settings } = this.#cache.rows
    const cached = settings.get(key)
    if (cached) return cached.value
    const [row] = this.#statements.setting.all(key)
    settings.set(key, { value: row?.value })
    return row?.value
  }

  #setSetting(key: string, value: string | undefined): void {
    if (value === undefined) this.#statements.eraseSetting.run(key)
    else this.#statements.setSetting.run(key, value)
    this.#cache.rows.settings.delete(key)
  }

  /** Stores the signed bytes when a purchase gets them, and erases them when it no longer has them. */
  #keepSecrets(before: Purchase, after: Purchase): void {
    // The same object means that the bytes did not change.
    if (bytesOf(before) === bytesOf(after)) return
    const secrets = encodeSecrets(after)
    if (secrets === null) this.#statements.eraseSecrets.run(after.id)
    else this.#statements.writeSecrets.run([secrets, after.id])
  }

  #keep(purchase: Purchase, isOurs: boolean): void {
    if (!isOurs) return
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

/** A purchase that failed without payment releases its name; the stored facts still have it. */
function heldName(purchase: Purchase): string | null {
  return (holdsName(purchase) && purchase.name) || null
}
