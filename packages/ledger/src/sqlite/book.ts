import {
  type BudgetRejection,
  type HistoryQuery,
  nameTakenError,
  overLimitError,
  type Purchase,
  type PurchaseEvent,
  type Reservation,
  type ResumeQuery,
  type SignedEvent
} from '@bursar/core'
import { matches } from '../history-filter.js'
import { conflict, frozen } from '../refusals.js'
import { signWithin } from '../sign-within.js'
import { decodePurchase, encodeFacts, encodeSecrets, type StoredPurchase } from '../stored-purchase.js'
import {
  endOfAbandoned,
  isClaimable,
  isOutstanding,
  keepsName,
  openPurchase,
  reopenPurchase,
  transition
} from '../transition.js'
import { unavailable } from '../unavailable.js'
import { KnownRows } from './known-rows.js'
import { isForeign, type LedgerFile } from './ledger-file.js'
import type { Sessions } from './sessions.js'
import { SqliteSums } from './sums.js'

const select =
  'SELECT purchases.seq AS seq, session, facts, bytes AS secrets FROM purchases LEFT JOIN secrets USING (seq)'

/** How many rows of history are read at a time. */
const PAGE = 500

interface Row extends StoredPurchase {
  readonly seq: bigint
  readonly session: string
}

/**
 * What is done to the file, each method within a transaction of its caller's. Of what throws, nothing is written that
 * was asked for.
 */
export class Book {
  readonly #file: LedgerFile
  readonly #sessions: Sessions
  readonly #sums: SqliteSums
  readonly #insert
  readonly #update
  readonly #progress
  readonly #writeSecrets
  readonly #eraseSecrets
  readonly #byId
  readonly #byName
  readonly #withSecrets
  readonly #unsettled
  readonly #setting
  readonly #version
  readonly #known = new KnownRows()

  constructor(file: LedgerFile, sessions: Sessions) {
    this.#file = file
    this.#sessions = sessions
    this.#sums = new SqliteSums(file)
    this.#insert = file.prepare(
      'INSERT INTO purchases (id, fingerprint, name, host, network, cost, state, call, session, reserved_at, facts) ' +
        'VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
    )
    this.#update = file.prepare(
      'UPDATE purchases SET name = ?, state = ?, call = ?, session = ?, job = ?, facts = ? WHERE id = ?'
    )
    // What nearly every change is: it leaves the other indexes as they are.
    this.#progress = file.prepare('UPDATE purchases SET state = ?, call = ?, facts = ? WHERE id = ?')
    this.#writeSecrets = file.prepare(
      'INSERT INTO secrets SELECT seq, fingerprint, ? FROM purchases WHERE id = ? ' +
        'ON CONFLICT (seq) DO UPDATE SET bytes = excluded.bytes'
    )
    this.#eraseSecrets = file.prepare(
      'DELETE FROM secrets WHERE seq = (SELECT seq FROM purchases WHERE id = ?)'
    )
    this.#byId = file.prepare(`${select} WHERE id = ?`)
    this.#byName = file.prepare(`${select} WHERE name = ?`)
    // A call of this process that goes on is not to be taken up, and equal ones may be many.
    this.#withSecrets = file.prepare(
      `${select} WHERE secrets.fingerprint = ? AND (call <> 'open' OR session <> ?) ORDER BY secrets.seq`
    )
    this.#unsettled = file.prepare(
      `${select} WHERE state IN ('reserved', 'signed', 'sent') ORDER BY purchases.seq`
    )
    this.#setting = file.prepare('SELECT value FROM settings WHERE key = ?')
    this.#version = file.prepare('PRAGMA data_version')
  }

  /** Looks whether what is known of the file still holds. Comes first, in every transaction and before every read. */
  refresh(): void {
    // Changes when somebody else has written, and not when we have.
    const [row] = this.#version.all() as { data_version: bigint }[]
    if (!this.#known.isOf(row?.data_version)) this.forget(row?.data_version)
  }

  /** Writes what is left to write. Comes last in every transaction. */
  flush(): void {
    this.#sums.flush()
  }

  /** Somebody else has written, or the transaction did not hold. */
  forget(version?: bigint): void {
    this.#known.forget(version)
    this.#sums.forget()
  }

  reserve(reservation: Reservation, nowMs: number, sign?: () => SignedEvent): Purchase {
    const freezing = this.#frozen()
    if (freezing !== undefined) throw frozen(freezing)
    const namesake = reservation.name === undefined ? undefined : this.find(reservation.name, nowMs)
    if (namesake) throw nameTakenError(reservation.name ?? '', namesake.id)
    const refusal = this.refusal(reservation, nowMs)
    if (refusal && !this.endAbandoned(nowMs)) throw overLimitError(refusal, reservation.offer.cost)
    const again = refusal && this.refusal(reservation, nowMs)
    if (again) throw overLimitError(again, reservation.offer.cost)
    const opened = openPurchase(reservation, nowMs)
    if (!this.#sums.fits(opened)) throw unavailable('the amount is larger than it can count')
    const purchase = sign ? signWithin(opened, sign, nowMs) : opened
    const { id, fingerprint, name = null, origin, offer, state, call } = purchase
    const host = origin.slice(origin.indexOf('//') + 2)
    const facts = encodeFacts(purchase)
    const time = BigInt(nowMs)
    const { id: session } = this.#sessions
    const { network, cost } = offer
    try {
      this.#insert.run(id, fingerprint, name, host, network, cost, state, call, session, time, facts)
    } catch (error) {
      if (isForeign(error) && error.code === 'SQLITE_CONSTRAINT_UNIQUE')
        throw conflict(id, 'present', 'reserved')
      throw error
    }
    this.#keepSecrets(opened, purchase)
    this.#sums.move(undefined, purchase)
    return this.#known.keep(purchase)
  }

  refusal({ budgets, offer }: Reservation, nowMs: number): BudgetRejection | undefined {
    return this.#sums.refusal(budgets, offer.cost, nowMs)
  }

  advance(id: string, event: PurchaseEvent, nowMs: number): Purchase {
    const purchase = this.#known.get(id) ?? this.get(id)
    if (!purchase) throw conflict(id, 'absent', event.type)
    return this.#replace(purchase, transition(purchase, event, nowMs))
  }

  /** Makes a change that was decided before, if the purchase is still there. */
  change(id: string, change: (purchase: Purchase) => Purchase): void {
    const purchase = this.#known.get(id) ?? this.get(id)
    if (purchase) this.#replace(purchase, change(purchase))
  }

  /** Ends what processes that are gone had open and that needs no chain to be ended. Tells whether there was any. */
  endAbandoned(nowMs: number): boolean {
    const ends = (this.#unsettled.all() as Row[])
      .map((row) => this.#orFailed(row, nowMs))
      .flatMap((purchase) => {
        const end = endOfAbandoned(purchase)
        return end ? [{ purchase, end }] : []
      })
    for (const { purchase, end } of ends) this.#replace(purchase, transition(purchase, end, nowMs))
    return ends.length > 0
  }

  hasClaimable(query: ResumeQuery, nowMs: number): boolean {
    return this.#claimable(query, nowMs) !== undefined
  }

  claim(query: ResumeQuery, nowMs: number): Purchase | undefined {
    const purchase = this.#claimable(query, nowMs)
    if (!purchase) return undefined
    const freezing = this.#frozen()
    if (freezing !== undefined) throw frozen(freezing, purchase)
    return this.#replace(purchase, reopenPurchase(purchase))
  }

  get(id: string): Purchase | undefined {
    const [row] = this.#byId.all(id) as Row[]
    return row && decodePurchase(row)
  }

  find(name: string, nowMs: number): Purchase | undefined {
    const [row] = this.#byName.all(name) as Row[]
    return row && this.#orFailed(row, nowMs)
  }

  outstanding(nowMs: number): Purchase[] {
    return (this.#unsettled.all() as Row[]).map((row) => this.#orFailed(row, nowMs)).filter(isOutstanding)
  }

  /** One page of history, newest first, and where the next begins. */
  page(query: HistoryQuery, before?: bigint): { readonly purchases: Purchase[]; readonly next?: bigint } {
    const conditions: [string, unknown][] = [['purchases.seq < ?', before ?? 2n ** 62n]]
    if (query.fromMs !== undefined) conditions.push(['reserved_at >= ?', BigInt(query.fromMs)])
    if (query.untilMs !== undefined) conditions.push(['reserved_at < ?', BigInt(query.untilMs)])
    if (query.host !== undefined) conditions.push(['host = ?', query.host])
    if (query.network !== undefined) conditions.push(['network = ?', query.network])
    if (query.state !== undefined) conditions.push(['state = ?', query.state])
    if (query.job !== undefined) conditions.push(['job = ?', query.job])
    const where = conditions.map(([sql]) => sql).join(' AND ')
    const sql = `${select} WHERE ${where} ORDER BY purchases.seq DESC LIMIT ${PAGE}`
    const rows = this.#file.prepare(sql).all(...conditions.map(([, value]) => value)) as Row[]
    const purchases = rows.map(decodePurchase).filter((purchase) => matches(purchase, query))
    const last = rows.length === PAGE ? rows.at(-1) : undefined
    return last ? { purchases, next: last.seq } : { purchases }
  }

  freeze(reason: string | undefined): void {
    this.#file.prepare("DELETE FROM settings WHERE key = 'frozen'").run()
    if (reason !== undefined) this.#file.prepare("INSERT INTO settings VALUES ('frozen', ?)").run(reason)
    this.#known.freezing = undefined
  }

  #frozen(): string | undefined {
    this.#known.freezing ??= (this.#setting.all('frozen') as { value: string }[]).map(({ value }) => value)
    return this.#known.freezing[0]
  }

  #claimable(query: ResumeQuery, nowMs: number): Purchase | undefined {
    return (this.#withSecrets.all(query.fingerprint, this.#sessions.id) as Row[])
      .map((row) => this.#orFailed(row, nowMs))
      .find((purchase) => isClaimable(purchase, query, nowMs))
  }

  /** A call whose process is gone ended then, without its answer. */
  #orFailed(row: Row, nowMs: number): Purchase {
    const purchase = decodePurchase(row)
    const goneSinceMs = purchase.call === 'open' ? this.#sessions.goneSince(row.session, nowMs) : undefined
    return goneSinceMs === undefined ? purchase : { ...purchase, call: 'failed', endedAtMs: goneSinceMs }
  }

  #replace(before: Purchase, after: Purchase): Purchase {
    const facts = encodeFacts(after)
    const { id, state, call, job = null } = after
    if (before.call === 'open' && nameKeptBy(before) === nameKeptBy(after) && before.job === after.job)
      this.#progress.run([state, call, facts, id])
    else this.#update.run([nameKeptBy(after), state, call, this.#sessions.id, job, facts, id])
    this.#keepSecrets(before, after)
    this.#sums.move(before, after)
    return this.#known.keep(after)
  }

  /** Writes the bytes that pay when they have come, and erases them when they have gone. */
  #keepSecrets(before: Purchase, after: Purchase): void {
    // A change that leaves them hands the same object on.
    if (before.payment === after.payment) return
    const secrets = encodeSecrets(after)
    if (secrets === null) this.#eraseSecrets.run(after.id)
    else this.#writeSecrets.run([secrets, after.id])
  }
}

/** What came to nothing gives its name back, and keeps it among its facts. */
function nameKeptBy(purchase: Purchase): string | null {
  return (keepsName(purchase) && purchase.name) || null
}
