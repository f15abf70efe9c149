import { type Clock, type Ledger, systemClock } from '@bursar/core'
import { ledgerOn } from '../../ledger-on.js'
import { MemoryStore } from './memory-store.js'

/**
 * A ledger in this process's memory: budgets hold across concurrent calls, and everything is lost
 * with the process. For tests, browsers, and those who choose it.
 */
export function memoryLedger({ clock = systemClock }: { readonly clock?: Clock } = {}): Ledger {
  return ledgerOn(new MemoryStore(clock))
}
