import {
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
import type { Runner } from './database.js'
import { findRefusal, fits, moveSums } from './sums.js'

/** How many rows of history are read at a time. */
const PAGE = 500
/** How long a process may be silent before its calls count as ended. */
const SILENT_MS = 10_000
/** Longer than any resume window. */
const KEPT_MS = 32 * 86_400_000

interface Row extends StoredPurchase {
  readonly seq: string
  /** When the row's process was last seen. */
  readonly beat_at: string | null
}

const select =
  'SELECT seq, facts, secrets, beat_at FROM bursar_purchases LEFT JOIN bursar_sessions s ON s.id = session'

/** What is done to the tables, in the name of one process. Whatever throws an error of ours has written nothing. */
export class PostgresBook {
  readonly #session: string

  constructor(session: string) {
    this.#session = session
  }

  async beat(runner: Runner, nowMs: number): Promise<void> {
    await runner.rows(
      'INSERT INTO bursar_sessions VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at',
      [this.#session, nowMs]
    )
  }

  /** Says that this process goes, and that what it has open has ended: from now on it counts as silent. */
  async end(runner: Runner, nowMs: number): Promise<void> {
    await this.beat(runner, nowMs - SILENT_MS - 1)
  }

  /** Forgets sessions of long ago, whose calls can be taken up no more. */
  async forgetOld(runner: Runner, nowMs: number): Promise<void> {
    await runner.rows('DELETE FROM bursar_sessions WHERE beat_at < $1', [nowMs - KEPT_MS])
  }

  async reserve(
    runner: Runner,
    reservation: Reservation,
    nowMs: number,
    sign?: () => SignedEvent
  ): Promise<Purchase> {
    const { id, fingerprint, name, budgets, offer } = reservation
    const freezing = await frozenBecause(runner)
    if (freezing !== undefined) throw frozen(freezing)
    const namesake = name === undefined ? undefined : await this.find(runner, name, nowMs)
    if (namesake) throw nameTakenError(name ?? '', namesake.id)
    const refusal = await findRefusal(runner, budgets, offer.cost, nowMs)
    if (refusal && !(await this.endAbandoned(runner, nowMs))) throw overLimitError(refusal, offer.cost)
    const again = refusal && (await findRefusal(runner, budgets, offer.cost, nowMs))
    if (again) throw overLimitError(again, offer.cost)
    if (await this.get(runner, id)) throw conflict(id, 'present', 'reserved')
    const opened = openPurchase(reservation, nowMs)
    if (!(await fits(runner, opened))) throw unavailable('the amount is larger than it can count')
    const purchase = sign ? signWithin(opened, sign, nowMs) : opened
    const { origin, state, call } = purchase
    const host = origin.slice(origin.indexOf('//') + 2)
    await runner.rows(
      `INSERT INTO bursar_purchases (id, fingerprint, name, host, network, cost, state, call, session, reserved_at,
         facts, secrets) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        id,
        fingerprint,
        name ?? null,
        host,
        offer.network,
        offer.cost,
        state,
        call,
        this.#session,
        nowMs,
        encodeFacts(purchase),
        encodeSecrets(purchase)
      ]
    )
    await moveSums(runner, undefined, purchase)
    return purchase
  }

  /** Ends what processes that are gone had open and that needs no chain to be ended. Tells whether there was any. */
  async endAbandoned(runner: Runner, nowMs: number): Promise<boolean> {
    const ends = (await this.#unsettled(runner, nowMs)).flatMap((purchase) => {
      const end = endOfAbandoned(purchase)
      return end ? [{ purchase, end }] : []
    })
    for (const { purchase, end } of ends)
      await this.#replace(runner, purchase, transition(purchase, end, nowMs))
    return ends.length > 0
  }

  async advance(runner: Runner, id: string, event: PurchaseEvent, nowMs: number): Promise<Purchase> {
    const purchase = await this.get(runner, id)
    if (!purchase) throw conflict(id, 'absent', event.type)
    return this.#replace(runner, purchase, transition(purchase, event, nowMs))
  }

  async claim(runner: Runner, query: ResumeQuery, nowMs: number): Promise<Purchase | undefined> {
    const rows = await runner.rows<Row>(
      `${select} WHERE fingerprint = $1 AND secrets IS NOT NULL ORDER BY seq`,
      [query.fingerprint]
    )
    const purchase = rows.map((row) => orFailed(row, nowMs)).find((each) => isClaimable(each, query, nowMs))
    if (!purchase) return undefined
    const freezing = await frozenBecause(runner)
    if (freezing !== undefined) throw frozen(freezing, purchase)
    return this.#replace(runner, purchase, reopenPurchase(purchase))
  }

  async get(runner: Runner, id: string): Promise<Purchase | undefined> {
    const [row] = await runner.rows<Row>(`${select} WHERE bursar_purchases.id = $1`, [id])
    return row && decodePurchase(row)
  }

  async find(runner: Runner, name: string, nowMs: number): Promise<Purchase | undefined> {
    const [row] = await runner.rows<Row>(`${select} WHERE name = $1`, [name])
    return row && orFailed(row, nowMs)
  }

  async outstanding(runner: Runner, nowMs: number): Promise<Purchase[]> {
    return (await this.#unsettled(runner, nowMs)).filter(isOutstanding)
  }

  /** One page of history, newest first, and where the next begins. */
  async page(
    runner: Runner,
    query: HistoryQuery,
    before: string | undefined
  ): Promise<{ readonly purchases: Purchase[]; readonly next?: string }> {
    const conditions: [string, unknown][] = [['seq <', before ?? '9223372036854775807']]
    if (query.fromMs !== undefined) conditions.push(['reserved_at >=', query.fromMs])
    if (query.untilMs !== undefined) conditions.push(['reserved_at <', query.untilMs])
    for (const column of ['host', 'network', 'state', 'job'] as const)
      if (query[column] !== undefined) conditions.push([`${column} =`, query[column]])
    const where = conditions.map(([condition], index) => `${condition} $${index + 1}`).join(' AND ')
    const rows = await runner.rows<Row>(
      `${select} WHERE ${where} ORDER BY seq DESC LIMIT ${PAGE}`,
      conditions.map(([, value]) => value)
    )
    const purchases = rows.map(decodePurchase).filter((purchase) => matches(purchase, query))
    const last = rows.length === PAGE ? rows.at(-1) : undefined
    return last ? { purchases, next: last.seq } : { purchases }
  }

  async freeze(runner: Runner, reason: string | undefined): Promise<void> {
    await runner.rows("DELETE FROM bursar_settings WHERE key = 'frozen'")
    if (reason !== undefined) await runner.rows("INSERT INTO bursar_settings VALUES ('frozen', $1)", [reason])
  }

  async #unsettled(runner: Runner, nowMs: number): Promise<Purchase[]> {
    const rows = await runner.rows<Row>(
      `${select} WHERE state IN ('reserved', 'signed', 'sent') ORDER BY seq`
    )
    return rows.map((row) => orFailed(row, nowMs))
  }

  async #replace(runner: Runner, before: Purchase, after: Purchase): Promise<Purchase> {
    const [facts, secrets] = [encodeFacts(after), encodeSecrets(after)]
    // What came to nothing gives its name back, and keeps it among its facts.
    const name = keepsName(after) ? (after.name ?? null) : null
    await runner.rows(
      `UPDATE bursar_purchases SET name = $1, state = $2, call = $3, session = $4, facts = $5, secrets = $6,
         job = $7 WHERE id = $8`,
      [name, after.state, after.call, this.#session, facts, secrets, after.job ?? null, after.id]
    )
    await moveSums(runner, before, after)
    return after
  }
}

async function frozenBecause(runner: Runner): Promise<string | undefined> {
  const [row] = await runner.rows<{ value: string }>("SELECT value FROM bursar_settings WHERE key = 'frozen'")
  return row?.value
}

/** A call whose process is gone ended then, without its answer. */
function orFailed(row: Row, nowMs: number): Purchase {
  const purchase = decodePurchase(row)
  const lastSeenMs = Number(row.beat_at ?? 0)
  if (purchase.call !== 'open' || nowMs - lastSeenMs <= SILENT_MS) return purchase
  return { ...purchase, call: 'failed', endedAtMs: lastSeenMs }
}
