import {
  type Clock,
  checkClock,
  checkOptions,
  checkText,
  type Ledger,
  type OptionCheck,
  type OptionChecks,
  wholeNumberFrom
} from '@bursar/core'
import { ledgerOn } from '../../ledger-on.js'
import { PostgresStore } from './postgres-store.js'

/** How the ledger's database is used. */
export interface PostgresLedgerOptions {
  /**
   * `postgres://user:password@host/database`. Never shown in an error.
   *
   * @example { url: process.env.DATABASE_URL ?? '' }
   */
  readonly url: string
  /**
   * The most connections that this process opens. Default: 4, since writers take turns anyway.
   *
   * @example { maxConnections: 2 }
   */
  readonly maxConnections?: number
  /**
   * The longest that a caller waits for the database, whatever that is doing, in milliseconds. What was begun is ended in
   * the background. Default: 10_000.
   *
   * @example { timeoutMs: 5_000 }
   */
  readonly timeoutMs?: number
  /**
   * Tells the time. Default: the database's clock, so that machines whose clocks differ agree.
   *
   * @example { clock: testClock }
   */
  readonly clock?: Clock
}

/** A URL of PostgreSQL's, or the folder of a socket, as the package `pg` takes it. */
const checkDatabaseUrl: OptionCheck = (value, path) => {
  checkText(value, path)
  if (/^(?:postgres(?:ql)?:\/\/|socket:|\/)/i.test(String(value))) return
  // What was given may hold a password.
  throw new TypeError(
    `${path} must be a URL such as postgres://user:password@host/database (its value is not shown)`
  )
}

const postgresChecks: OptionChecks<PostgresLedgerOptions> = {
  url: checkDatabaseUrl,
  maxConnections: wholeNumberFrom(1, 1_000),
  timeoutMs: wholeNumberFrom(1, 600_000),
  clock: checkClock
}

/**
 * Keeps the ledger in PostgreSQL, for agents on many machines: budgets and journal are one for all of them. Its
 * tables are made when there are none. Needs the package `pg`.
 *
 * @example
 * ```ts
 * createBursar({ evm, limits, ledger: postgresLedger(process.env.DATABASE_URL ?? '') })
 * ```
 * @throws {TypeError} when an option is unknown or malformed. The message never shows the URL.
 */
export function postgresLedger(options: string | PostgresLedgerOptions): Ledger {
  const given = typeof options === 'string' ? { url: options } : options
  checkOptions(given, postgresChecks)
  const { url, maxConnections = 4, timeoutMs = 10_000, clock } = given
  return ledgerOn(new PostgresStore({ url, maxConnections, timeoutMs, clock }))
}
