import { isLoopback, type RpcUrls } from '@bursar/core'

/**
 * Rejects the user's own ledger beside a chain on this machine: what a test pays there would count in the user's record
 * and budgets.
 *
 * @throws {TypeError} when an RPC endpoint is on this machine, and BURSAR_HOME names no folder.
 */
export function assertOwnLedger(
  rpcUrls: RpcUrls | undefined,
  env: Readonly<Record<string, string | undefined>> = process.env
): void {
  if (env.BURSAR_HOME) return
  const local = Object.entries(rpcUrls ?? {}).find(([, urls]) => [urls ?? []].flat().some(isOnThisMachine))
  if (!local) return
  const [network] = local
  throw new TypeError(
    `ledger: the endpoint rpcUrls['${network}'] is on this machine, where tests pay, and the default ledger is your own ` +
      "record. Say ledger: 'memory' or give a ledger, as the options of a stack do; for a real node on this machine, " +
      'name the ledger’s folder in BURSAR_HOME'
  )
}

function isOnThisMachine(url: string): boolean {
  return isLoopback(new URL(url).hostname)
}
