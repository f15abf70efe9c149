import type { Clock, Ledger } from '@bursar/core'
import { lazyLedger } from './lazy-ledger.js'

/** Node: the user's own file, opened with the first payment. */
export function defaultLedger(clock: Clock): Ledger {
  return lazyLedger(async () => (await import('@bursar/ledger/sqlite')).sqliteLedger({ clock }))
}
