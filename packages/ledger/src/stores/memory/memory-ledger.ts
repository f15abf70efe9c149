import {
  type Clock,
  checkClock,
  checkOptions,
  type Ledger,
  type OptionChecks,
  systemClock
} from '@bursar/core'
import { ledgerOn } from '../../ledger-on.js'
import { MemoryStore } from './memory-store.js'

/** What a ledger in memory is made from. */
export interface MemoryLedgerOptions {
  /** Tells the time. Default: the machine's clock. @example { clock: { nowMs: () => 0, sleep: async () => {} } } */
  readonly clock?: Clock | undefined
}

const memoryChecks: OptionChecks<MemoryLedgerOptions> = { clock: checkClock }

/**
 * A ledger in this process's memory: budgets hold across concurrent calls, and everything is lost with the process. For
 * tests and browsers. It remembers for ever what was spent; of purchases that are over and have no name the latest thousand, and
 * of jobs the latest ten thousand.
 *
 * @example
 * ```ts
 * createBursar({ evm, limits, ledger: memoryLedger() })
 * ```
 * @throws {TypeError} when an option is unknown or malformed.
 */
export function memoryLedger(options: MemoryLedgerOptions = {}): Ledger {
  checkOptions(options, memoryChecks)
  const { clock = systemClock } = options
  return ledgerOn(new MemoryStore(clock))
}
