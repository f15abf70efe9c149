import {
  type ClockOptions,
  checkClock,
  checkOptions,
  checkText,
  type Ledger,
  type OptionChecks,
  systemClock
} from '@bursar/core'
import { ledgerOn } from '../../ledger-on.js'
import { IndexedDbStore } from './indexed-db-store.js'

/** Which database of the browser is used. */
export interface IndexedDbLedgerOptions extends ClockOptions {
  /**
   * The name of the database, which all pages and workers of one origin share. Default: `bursar-ledger`.
   *
   * @example { name: 'my-shop-ledger' }
   */
  readonly name?: string
}

const indexedDbChecks: OptionChecks<IndexedDbLedgerOptions> = { name: checkText, clock: checkClock }

/**
 * Keeps the ledger in a database of the browser: it survives a reload, and all tabs and workers of the origin share its
 * budgets. A user who clears the data of the site clears the ledger with it, and the budgets begin anew. A ledger that the browser
 * itself has removed, as Chromium does where the disk is full, pays nothing in a page until it was compared with the chain.
 *
 * @example
 * ```ts
 * createBursar({ evm, limits, ledger: indexedDbLedger() })
 * ```
 * @throws {TypeError} when an option is unknown or malformed.
 */
export function indexedDbLedger(options: IndexedDbLedgerOptions = {}): Ledger {
  checkOptions(options, indexedDbChecks)
  const { name = 'bursar-ledger', clock = systemClock } = options
  return ledgerOn(new IndexedDbStore(name, clock))
}
