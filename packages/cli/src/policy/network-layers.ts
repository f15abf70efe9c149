import type { PolicyLayer, Setting } from '@bursar/policy'
import type { Env } from '../io.js'
import { networkOptions } from '../options/network-options.js'

/** What the variables of networks say, and the flags that stand for them. @throws {UsageError} */
export function networkLayers(source: 'flag' | 'environment', env: Env): readonly PolicyLayer[] {
  const { allow, prefer, rpcUrls = {} } = networkOptions(env)
  const name = source === 'flag' ? flags : variables
  const layer = (what: keyof typeof flags, settings: readonly Setting[]): readonly PolicyLayer[] =>
    settings.length === 0 ? [] : [{ source, name: name[what], settings }]
  const { networks } = allow ?? {}
  return [
    ...layer('networks', networks === undefined ? [] : [{ path: ['allow', 'networks'], value: networks }]),
    ...layer('prefer', prefer === undefined ? [] : [{ path: ['prefer'], value: prefer }]),
    ...layer(
      'rpcUrls',
      Object.entries(rpcUrls).map(([network, value]) => ({ path: ['rpcUrls', network], value }))
    )
  ]
}

const flags = { networks: '--network or --testnet', prefer: '--prefer', rpcUrls: '--rpc' }
const variables = {
  networks: 'BURSAR_NETWORK or BURSAR_TESTNET',
  prefer: 'BURSAR_PREFER',
  rpcUrls: 'BURSAR_RPC_…'
}
