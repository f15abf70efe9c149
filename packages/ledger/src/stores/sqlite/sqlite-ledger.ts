import { resolve } from 'node:path'
import {
  type ClockOptions,
  checkClock,
  checkOptions,
  checkText,
  type Ledger,
  type OptionChecks,
  oneOf,
  systemClock
} from '@bursar/core'
import { ledgerOn } from '../../ledger-on.js'
import type { Durability } from './commit-queue.js'
import { defaultPath } from './default-path.js'
import { SqliteStore } from './sqlite-store.js'

/** How a ledger's file is used. */
export interface SqliteLedgerOptions extends ClockOptions {
  /**
   * The file. Default: `$BURSAR_HOME/ledger.db`, else `bursar/ledger.db` in the user's data folder
   * (`$XDG_DATA_HOME`).
   *
   * @example { path: './ledger.db' }
   */
  readonly path?: string
  /**
   * What a signed payment survives before it is sent. `full` waits for the disk, about 0.3 ms a payment. `normal`
   * does not: a killed process loses nothing, but a machine that stops may lose the last payments, and with them the
   * record that they were sent. Default: `full`.
   *
   * @example { durability: 'normal' }
   */
  readonly durability?: Durability
}

const sqliteChecks: OptionChecks<SqliteLedgerOptions> = {
  path: checkText,
  durability: oneOf('full', 'normal'),
  clock: checkClock
}

/**
 * Opens the ledger in a SQLite file that any number of processes on this machine may share.
 *
 * @example
 * ```ts
 * createBursar({ evm, limits, ledger: sqliteLedger({ path: './ledger.db' }) })
 * ```
 * @throws {TypeError} when an option is unknown or malformed.
 * @throws {BursarError} `ledger/unavailable` when the file cannot be opened, is damaged, or is of a later version.
 */
export function sqliteLedger(options: SqliteLedgerOptions = {}): Ledger {
  checkOptions(options, sqliteChecks)
  const { path = defaultPath(), durability = 'full', clock = systemClock } = options
  // The whole path, so that no other folder is looked in later, and so that no name means memory or a URL to SQLite.
  return ledgerOn(new SqliteStore({ path: resolve(path), durability, clock }))
}
