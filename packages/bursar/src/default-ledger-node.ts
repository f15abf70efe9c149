import { type Clock, type Ledger, lazyLedger, type RpcUrls } from '@bursar/core'
import { defaultPath } from '@bursar/ledger/default-path'
import { assertOwnLedger } from './assert-own-ledger.js'

/**
 * Node: the user's own file, opened with the first payment.
 *
 * @throws {TypeError} when the variable that names its folder is a relative path, or an RPC endpoint is on this machine.
 */
export function defaultLedger(clock: Clock, rpcUrls: RpcUrls | undefined): Ledger {
  assertOwnLedger(rpcUrls)
  const path = defaultPath()
  return lazyLedger(async () => (await import('@bursar/ledger/sqlite')).sqliteLedger({ path, clock }))
}
