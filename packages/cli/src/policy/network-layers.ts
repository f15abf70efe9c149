import type { PolicyLayer, Setting } from '@bursar/policy'
import type { Env } from '../io.js'
import { endpointSource, networkOptions } from '../options/network-options.js'

/** What the variables of networks say, and the flags that stand for them. @throws {UsageError} */
export function networkLayers(source: 'flag' | 'environment', env: Env): readonly PolicyLayer[] {
  const { allow, prefer, rpcUrls = {} } = networkOptions(env, source)
  const names = source === 'flag' ? flags : variables
  const layer = (name: string, settings: readonly Setting[]): readonly PolicyLayer[] =>
    settings.length === 0 ? [] : [{ source, name, settings }]
  const sourceOf = (network: string): string =>
    (source === 'flag' ? undefined : endpointSource(env, network)) ?? '--rpc'
  const { networks } = allow ?? {}
  return [
    ...layer(
      names.networks,
      networks === undefined ? [] : [{ path: ['allow', 'networks'], value: networks }]
    ),
    ...layer(names.prefer, prefer === undefined ? [] : [{ path: ['prefer'], value: prefer }]),
    ...Object.entries(rpcUrls).flatMap(([network, value]) =>
      layer(sourceOf(network), [{ path: ['rpcUrls', network], value }])
    )
  ]
}

const flags = { networks: '--network or --testnet', prefer: '--prefer' }
const variables = { networks: 'BURSAR_NETWORK or BURSAR_TESTNET', prefer: 'BURSAR_PREFER' }
