import { type Clock, type Ledger, lazyLedger } from '@bursar/core'
import { defaultPath } from '@bursar/ledger/default-path'

/**
 * Node: the user's own file, opened with the first payment.
 *
 * @throws {TypeError} when the variable that names its folder is a relative path.
 */
export function defaultLedger(clock: Clock): Ledger {
  const path = defaultPath()
  return lazyLedger(async () => (await import('@bursar/ledger/sqlite')).sqliteLedger({ path, clock }))
}
