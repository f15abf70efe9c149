import type { Clock, Ledger } from '@bursar/core'
import { ledgerOn } from '../../ledger-on.js'
import { PostgresStore } from './postgres-store.js'

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
  const given = typeof options === 'string' ? { url: options } : options
  const { url, maxConnections = 4, timeoutMs = 10_000, clock } = given
  return ledgerOn(new PostgresStore({ url, maxConnections, timeoutMs, clock }))
}
