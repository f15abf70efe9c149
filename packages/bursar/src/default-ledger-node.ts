import { type Clock, type Ledger, lazyLedger } from '@bursar/core'

/** Node: the user's own file, opened with the first payment. */
export function defaultLedger(clock: Clock): Ledger {
  return lazyLedger(async () => (await import('@bursar/ledger/sqlite')).sqliteLedger({ clock }))
}
