import { randomUUID } from 'node:crypto'
import { type Clock, isBursarError, type Ledger } from '@bursar/core'
import { asSignerThrew, SignerThrew } from '../sign-within.js'
import { unavailable } from '../unavailable.js'
import { PostgresBook } from './book.js'
import { connect, type Database, type Runner } from './database.js'
import { findRefusal } from './sums.js'

/** How the ledger's database is used. */
export interface PostgresLedgerOptions {
  /** `postgres://user:password@host/database`. Never shown in an error. */
  readonly url: string
  /** Connections at most. Default 4: writers take turns anyway. */
  readonly maxConnections?: number
  /** For one statement, waiting for its turn included, and for a connection. Default 10_000. */
  readonly timeoutMs?: number
  /** Default: the database's own, so that machines whose clocks differ agree. */
  readonly clock?: Clock
}

/** How often a process says that it lives. */
const BEAT_MS = 2_000

/**
 * Keeps the ledger in PostgreSQL, for agents on many machines: budgets and journal are one for all of them. Its
 * tables are made when there are none. Needs the package `pg`.
 *
 * @example
 * ```ts
 * createBursar({ evm, limits, ledger: postgresLedger(process.env.DATABASE_URL) })
 * ```
 */
export function postgresLedger(options: string | PostgresLedgerOptions): Ledger {
  const {
    url,
    maxConnections = 4,
    timeoutMs = 10_000,
    clock
  } = typeof options === 'string' ? { url: options } : options
  const book = new PostgresBook(randomUUID())
  let opening: Promise<Database> | undefined
  let beating: NodeJS.Timeout | undefined
  let closed = false

  async function open(): Promise<Database> {
    const { default: pg } = await import('pg')
    const pool = new pg.Pool({
      connectionString: url,
      max: maxConnections,
      connectionTimeoutMillis: timeoutMs,
      statement_timeout: timeoutMs,
      query_timeout: timeoutMs,
      allowExitOnIdle: true
    })
    const database = await connect(pool)
    const beat = (): Promise<void> =>
      database.transact(async (runner) => book.beat(runner, await now(runner)))
    await beat()
    await database.transact(async (runner) => {
      const nowMs = await now(runner)
      await book.forgetOld(runner, nowMs)
      await book.endAbandoned(runner, nowMs)
    })
    beating = setInterval(() => void beat().catch(() => {}), BEAT_MS).unref()
    return database
  }

  async function now(runner: Runner): Promise<number> {
    if (clock) return clock.nowMs()
    const [row] = await runner.rows<{ now: string }>(
      'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000) AS now'
    )
    return Number(row?.now)
  }

  async function reach<Value>(ask: (database: Database) => Promise<Value>): Promise<Value> {
    if (closed) throw unavailable('it was closed')
    try {
      opening ??= open()
      return await ask(await opening)
    } catch (error) {
      if (isBursarError(error) || error instanceof SignerThrew) throw error
      if (
        await opening?.then(
          () => false,
          () => true
        )
      )
        opening = undefined
      throw unavailable('its database does not answer', error)
    }
  }

  const write = <Value>(run: (runner: Runner, nowMs: number) => Promise<Value>): Promise<Value> =>
    reach((database) => database.transact(async (runner) => run(runner, await now(runner))))
  const read = <Value>(run: (runner: Runner, nowMs: number) => Promise<Value>): Promise<Value> =>
    reach(async (database) => run(database, await now(database)))
  return {
    reserve: (reservation, sign) =>
      asSignerThrew(write((runner, nowMs) => book.reserve(runner, reservation, nowMs, sign))),
    check: ({ budgets, offer }) => read((runner, nowMs) => findRefusal(runner, budgets, offer.cost, nowMs)),
    recordEvent: (id, event) => write((runner, nowMs) => book.advance(runner, id, event, nowMs)),
    resume: (query) => write((runner, nowMs) => book.claim(runner, query, nowMs)),
    get: (id) => read((runner) => book.get(runner, id)),
    find: (name) => read((runner, nowMs) => book.find(runner, name, nowMs)),
    outstanding: () => read((runner, nowMs) => book.outstanding(runner, nowMs)),
    async *history(query = {}) {
      for (let before: string | undefined; ; ) {
        const page = await read((runner) => book.page(runner, query, before))
        yield* page.purchases
        if (page.next === undefined) return
        before = page.next
      }
    },
    freeze: (reason) => write((runner) => book.freeze(runner, reason)),
    async close() {
      closed = true
      const database = await opening?.catch(() => undefined)
      clearInterval(beating)
      opening = undefined
      await database?.transact(async (runner) => book.end(runner, await now(runner))).catch(() => {})
      await database?.close()
    }
  }
}
