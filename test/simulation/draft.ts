import type { AtomicUsdc, HistoryQuery, Job, JobNote, LedgerStatus, NetworkId, Purchase } from '@bursar/core'
import {
  type DatabaseTransaction,
  hasBytes,
  holdsName,
  hostOf,
  isHeld,
  matches,
  type Page,
  type Scope,
  type ScopeUsage,
  type SessionNote,
  type StoredRow,
  scopesOf,
  showsPrice,
  type UsageQuery,
  type WhichCalls
} from '@bursar/ledger/driver'
import type { Changes, Row, SessionRow, Tables } from './contents.js'
import { evidenceOf, type Reader } from './reader.js'

/**
 * One transaction, or one look: what is in the tables, and over it what this transaction has written. It adds its sums up
 * from its rows each time, which is slow, and right.
 */
export class Draft implements DatabaseTransaction {
  readonly nowMs: number
  readonly #contents: Tables
  readonly #reader: Reader
  readonly #rows = new Map<string, Row>()
  readonly #sessions = new Map<string, SessionRow>()
  #frozen: LedgerStatus['frozen'] | null = null

  constructor(contents: Tables, reader: Reader) {
    this.#contents = contents
    this.#reader = reader
    this.nowMs = reader.nowMs
  }

  /** What is to be committed. */
  get changes(): Changes {
    return { rows: this.#rows, sessions: this.#sessions, frozen: this.#frozen }
  }

  /** The purchases that were written and that this session works on. */
  get changed(): readonly Purchase[] {
    const { session } = this.#reader
    return [...this.#rows.values()].filter((row) => row.session === session).map(({ purchase }) => purchase)
  }

  get written(): number {
    return this.#ownSession?.written ?? 0
  }

  noteSession(note: SessionNote): void {
    const { session } = this.#reader
    const hasEnded = note === 'ended'
    this.#sessions.set(session, { heartbeatAtMs: this.nowMs, hasEnded, written: this.written })
  }

  noteNumber(written: number): void {
    const own = this.#ownSession
    if (own) this.#sessions.set(this.#reader.session, { ...own, written })
  }

  tidy(): void {
    // No session is that old.
  }

  frozen(): LedgerStatus['frozen'] {
    return this.#frozen === null ? this.#contents.frozen : this.#frozen
  }

  restored(): undefined {
    return undefined
  }

  byId(id: string): StoredRow | undefined {
    const row = this.#rows.get(id) ?? this.#contents.rows.get(id)
    return row && this.#stored(row)
  }

  byName(name: string): StoredRow | undefined {
    return this.#findLast(({ purchase }) => purchase.name === name && holdsName(purchase))
  }

  byJob(job: string): StoredRow | undefined {
    return this.#findLast(({ purchase }) => purchase.job === job)
  }

  equalCalls(fingerprint: string, which: WhichCalls): readonly StoredRow[] {
    return this.#filter(({ purchase, session }) => {
      if (purchase.fingerprint !== fingerprint) return false
      if (purchase.call === 'open') return which === 'all' || session !== this.#reader.session
      return hasBytes(purchase)
    })
  }

  held(): readonly StoredRow[] {
    return this.#filter(({ purchase }) => isHeld(purchase))
  }

  unanswered(limit: number): readonly StoredRow[] {
    const isUnanswered = ({ state, call }: Purchase): boolean => state === 'settled' && call !== 'answered'
    return this.#filter(({ purchase }) => isUnanswered(purchase))
      .slice(-limit)
      .toReversed()
  }

  /** Nothing that is simulated lists sums. */
  scopes(): readonly Scope[] {
    return []
  }

  lastPayee(host: string, network: NetworkId): string | undefined {
    const isThere = ({ origin, requestedOrigin = origin }: Purchase): boolean =>
      hostOf(origin) === host || hostOf(requestedOrigin) === host
    return this.#lastPriced((purchase) => purchase.offer.network === network && isThere(purchase))?.payTo
  }

  lastCost(host: string, path: string): AtomicUsdc | undefined {
    const isThere = ({ origin, requestedOrigin = origin, ...of }: Purchase): boolean =>
      (hostOf(origin) === host && of.path === path) ||
      (hostOf(requestedOrigin) === host && (of.requestedPath ?? of.path) === path)
    return this.#lastPriced(isThere)?.cost
  }

  sums(scopes: readonly Scope[]): readonly ScopeUsage[] {
    return this.usage(scopes.map((scope) => ({ scope, windowMs: undefined })))
  }

  usage(queries: readonly UsageQuery[]): readonly ScopeUsage[] {
    return queries.map(({ scope, windowMs = Number.POSITIVE_INFINITY }) => {
      let [held, settled] = [0n, 0n]
      for (const { purchase, scopes } of this.#all()) {
        if (!scopes.includes(scope)) continue
        if (isHeld(purchase)) held += purchase.offer.cost
        if (purchase.state === 'settled' && purchase.countedAtMs > this.nowMs - windowMs)
          settled += purchase.offer.cost
      }
      return { held, settled }
    })
  }

  newest(beforeMs?: number): number {
    if (beforeMs !== undefined) {
      const earlier = [...this.#all()].filter(({ purchase }) => purchase.reservedAtMs < beforeMs)
      return earlier.at(-1)?.number ?? 0
    }
    return (
      this.#contents.rows.size + [...this.#rows.keys()].filter((id) => !this.#contents.rows.has(id)).length
    )
  }

  answeredSince(fingerprint: string, newest: number): readonly StoredRow[] {
    return this.#filter(
      ({ purchase, number }) =>
        number > newest && purchase.fingerprint === fingerprint && purchase.call === 'answered'
    )
  }

  history(query: HistoryQuery): Page<Purchase> {
    const all = [...this.#all()].map(({ purchase }) => purchase)
    return { items: all.reverse().filter((purchase) => matches(purchase, query)) }
  }

  jobs(): Page<Job> {
    return { items: [] }
  }

  insert(purchase: Purchase): void {
    const { session } = this.#reader
    const number = this.newest() + 1
    this.#rows.set(purchase.id, { purchase, session, scopes: scopesOf(purchase), number })
  }

  replace(_before: StoredRow, after: Purchase): void {
    const row = this.#rowOf(after.id)
    this.#rows.set(after.id, { ...row, purchase: after })
  }

  takeOver(_before: StoredRow, after: Purchase): void {
    const row = this.#rowOf(after.id)
    this.#rows.set(after.id, { ...row, purchase: after, session: this.#reader.session })
  }

  moveSums(): void {
    // They are added up from the rows.
  }

  noteJob(_note: JobNote): void {
    // No service takes part.
  }

  setFrozen(frozen: LedgerStatus['frozen']): void {
    this.#frozen = frozen
  }

  setReconciled(): void {
    // Nothing is restored here.
  }

  #rowOf(id: string): Row {
    const row = this.#rows.get(id) ?? this.#contents.rows.get(id)
    if (!row) throw new TypeError(`There is no purchase ${id}`)
    return row
  }

  get #ownSession(): SessionRow | undefined {
    const { session } = this.#reader
    return this.#sessions.get(session) ?? this.#contents.sessions.get(session)
  }

  *#all(): Generator<Row> {
    const { rows } = this.#contents
    for (const [id, row] of rows) yield this.#rows.get(id) ?? row
    for (const [id, row] of this.#rows) if (!rows.has(id)) yield row
  }

  #filter(is: (row: Row) => boolean): StoredRow[] {
    const found: StoredRow[] = []
    for (const row of this.#all()) if (is(row)) found.push(this.#stored(row))
    return found
  }

  #findLast(is: (row: Row) => boolean): StoredRow | undefined {
    return this.#filter(is).at(-1)
  }

  #lastPriced(is: (purchase: Purchase) => boolean): Purchase['offer'] | undefined {
    return this.#findLast(({ purchase }) => showsPrice(purchase) && is(purchase))?.purchase.offer
  }

  #stored({ purchase, session }: Row): StoredRow {
    const row = this.#sessions.get(session) ?? this.#contents.sessions.get(session)
    return { purchase, session: evidenceOf(this.#reader, session, row) }
  }
}
