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
import { heldName } from '../../rules/questions.js'
import type { Scope } from '../../rules/scopes.js'
import type { ScopeSums, SumsMove } from '../../rules/sums.js'
import type { DatabaseTransaction } from '../../session/session-database.js'
import type { SessionNote } from '../../session/session-driver.js'
import { runAsync } from '../../steps/step.js'
import type { Page, PurchaseFilter, ScopeQuery, StoredRow, WhichCalls } from '../../steps/transaction.js'
import { placeColumns } from '../place-columns.js'
import { moveSums, readUsage } from '../running-totals.js'
import { IS_HELD, IS_UNANSWERED, MAY_HAVE_PAID } from '../sql-conditions.js'
import { decodePurchase, encodeFacts, encodeSecrets } from '../stored-purchase.js'
import { readJobs, readPurchases } from './postgres-lists.js'
import { type PostgresRow, SELECT_ROW } from './postgres-row.js'
import { evidenceOf, forgetOldSessions, noteSession } from './postgres-sessions.js'
import { PostgresSettings } from './postgres-settings.js'
import { PostgresSums } from './postgres-sums.js'
import type { Runner } from './runner.js'

/** Whose transaction it is, and when. */
interface TransactionSession {
  readonly id: string
  readonly nowMs: number
  /** The newest of its transactions that holds. */
  readonly written: number
}

/** What is read from the tables and written to them within one transaction. */
export class PostgresTransaction implements DatabaseTransaction {
  readonly nowMs: number
  readonly written: number
  readonly changed: Purchase[] = []
  readonly #runner: Runner
  readonly #session: string
  readonly #sums: PostgresSums
  readonly #settings: PostgresSettings

  constructor(runner: Runner, { id, nowMs, written }: TransactionSession) {
    this.#runner = runner
    this.#session = id
    this.nowMs = nowMs
    this.written = written
    this.#sums = new PostgresSums(runner)
    this.#settings = new PostgresSettings(runner)
  }

  frozen(): Promise<LedgerStatus['frozen']> {
    return this.#settings.frozen()
  }

  restored(): Promise<LedgerStatus['restored']> {
    return this.#settings.restored()
  }

  async byId(id: string): Promise<StoredRow | undefined> {
    return (await this.#rows('WHERE p.id = $1', [id]))[0]
  }

  async byName(name: string): Promise<StoredRow | undefined> {
    return (await this.#rows('WHERE name = $1', [name]))[0]
  }

  async byJob(job: string): Promise<StoredRow | undefined> {
    return (await this.#rows('WHERE job = $1 ORDER BY seq DESC LIMIT 1', [job]))[0]
  }

  equalCalls(fingerprint: string, which: WhichCalls): Promise<readonly StoredRow[]> {
    const kept = `(secrets IS NOT NULL OR ${IS_HELD})`
    return which === 'all'
      ? this.#rows(`WHERE fingerprint = $1 AND ${kept} ORDER BY seq`, [fingerprint])
      : this.#rows(`WHERE fingerprint = $1 AND ${kept} AND (call <> 'open' OR session <> $2) ORDER BY seq`, [
          fingerprint,
          this.#session
        ])
  }

  async newest(beforeMs?: number): Promise<number> {
    // Writers take turns, so that purchases are seen in the order of their numbers.
    const before = 'WHERE reserved_at < $1 ORDER BY reserved_at DESC, seq DESC LIMIT 1'
    const [row] = await (beforeMs === undefined
      ? this.#runner.rows<{ seq: string }>('SELECT seq FROM bursar_purchases ORDER BY seq DESC LIMIT 1')
      : this.#runner.rows<{ seq: string }>(`SELECT seq FROM bursar_purchases ${before}`, [beforeMs]))
    return Number(row?.seq ?? 0)
  }

  answeredSince(fingerprint: string, newest: number): Promise<readonly StoredRow[]> {
    return this.#rows("WHERE seq > $1 AND fingerprint = $2 AND call = 'answered' ORDER BY seq", [
      newest,
      fingerprint
    ])
  }

  held(): Promise<readonly StoredRow[]> {
    return this.#rows(`WHERE ${IS_HELD} ORDER BY seq`, [])
  }

  unanswered(limit: number): Promise<readonly StoredRow[]> {
    return this.#rows(`WHERE secrets IS NOT NULL AND ${IS_UNANSWERED} ORDER BY seq DESC LIMIT $1`, [limit])
  }

  async lastPayee(host: string, network: NetworkId): Promise<string | undefined> {
    const [row] = await this.#runner.rows<{ facts: string }>(
      `SELECT facts FROM bursar_purchases WHERE seq =
         ${newestOf('host = $1 AND network = $2', 'requested_host = $1 AND network = $2')}`,
      [host, network]
    )
    return row && decodePurchase({ facts: row.facts, secrets: null }).offer.payTo
  }

  async lastCost(host: string, path: string): Promise<AtomicUsdc | undefined> {
    const [row] = await this.#runner.rows<{ cost: string }>(
      `SELECT cost FROM bursar_purchases WHERE seq =
         ${newestOf('host = $1 AND path = $2', 'requested_host = $1 AND requested_path = $2')}`,
      [host, path]
    )
    return row && atomicUsdc(BigInt(row.cost))
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
    return readPurchases(this.#runner, query, before)
  }

  jobs(query: JobQuery, before: bigint | undefined): Promise<Page<Job>> {
    return readJobs(this.#runner, query, before)
  }

  async insert(purchase: Purchase): Promise<void> {
    const { id, fingerprint, name = null, offer, state, call, reservedAtMs } = purchase
    const [facts, secrets] = [encodeFacts(purchase), encodeSecrets(purchase)]
    await this.#runner.rows(
      `INSERT INTO bursar_purchases (id, fingerprint, name, host, path, requested_host, requested_path, network, cost,
         state, call, session, reserved_at, facts, secrets)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        ...[id, fingerprint, name, ...placeColumns(purchase), offer.network, offer.cost, state, call],
        ...[this.#session, reservedAtMs, facts, secrets]
      ]
    )
    this.changed.push(purchase)
  }

  async replace({ session }: StoredRow, after: Purchase): Promise<void> {
    await this.#update(after, session.id)
    if (session.isOurs) this.changed.push(after)
  }

  async takeOver(_: StoredRow, after: Purchase): Promise<void> {
    await this.#update(after, this.#session)
    this.changed.push(after)
  }

  async #update(after: Purchase, session: string): Promise<void> {
    const name = heldName(after) ?? null
    await this.#runner.rows(
      `UPDATE bursar_purchases SET name = $1, state = $2, call = $3, session = $4, facts = $5,
         secrets = $6, job = $7 WHERE id = $8`,
      [
        ...[name, after.state, after.call, session, encodeFacts(after), encodeSecrets(after)],
        ...[after.job ?? null, after.id]
      ]
    )
  }

  moveSums(scopes: readonly Scope[], move: SumsMove): Promise<void> {
    return runAsync(moveSums(this.#sums, scopes, move))
  }

  async noteJob({ job, purchase, origin, labels }: JobNote): Promise<void> {
    await this.#runner.rows(
      `INSERT INTO bursar_jobs AS j (job, purchase, origin, labels, noted_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (job, origin) DO UPDATE
         SET purchase = coalesce(excluded.purchase, j.purchase), labels = excluded.labels`,
      [job, purchase ?? null, origin, JSON.stringify(labels), this.nowMs]
    )
  }

  setFrozen(frozen: LedgerStatus['frozen']): Promise<void> {
    return this.#settings.setFrozen(frozen)
  }

  setReconciled(): Promise<void> {
    return this.#settings.setReconciled()
  }

  noteSession(note: SessionNote): Promise<void> {
    return noteSession(this.#runner, { id: this.#session, nowMs: this.nowMs, note })
  }

  tidy(): Promise<void> {
    return forgetOldSessions(this.#runner, this.nowMs)
  }

  async #rows(where: string, values: readonly unknown[]): Promise<StoredRow[]> {
    const rows = await this.#runner.rows<PostgresRow>(`${SELECT_ROW} ${where}`, values)
    return rows.map((row) => ({ purchase: decodePurchase(row), session: evidenceOf(row, this.#session) }))
  }
}

/** The number of the newest purchase that may have paid, by either condition. Each has an index of its own. */
function newestOf(...conditions: readonly string[]): string {
  const newest = conditions.map(
    (condition) =>
      `(SELECT seq FROM bursar_purchases WHERE ${condition} AND ${MAY_HAVE_PAID} ORDER BY seq DESC LIMIT 1)`
  )
  return `GREATEST(${newest.join(', ')})`
}
