import {
  findNetwork,
  type Network,
  type NetworkId,
  nearestNetwork,
  rpcVariable,
  shortNetworkName
} from '@bursar/core'
import type { BursarOptions } from 'bursar'
import { UsageError } from '../usage-error.js'

/** Networks in order, or the cheapest. */
export type Preference = NonNullable<BursarOptions['prefer']>

/** Reads names of networks, separated by commas: `base,solana`. @throws {UsageError} */
export function parseNetworks(text: string): readonly NetworkId[] {
  const names = text.split(',').map((name) => name.trim())
  return [...new Set(names.map((name) => networkNamed(name).id))]
}

/** Reads `cheapest`, or networks in order. @throws {UsageError} */
export function parsePreference(text: string): Preference {
  return text.trim().toLowerCase() === 'cheapest' ? 'cheapest' : parseNetworks(text)
}

/** Reads one name of a network. @throws {UsageError} that names the nearest one. */
export function networkNamed(name: string): Pick<Network, 'id' | 'isTest'> {
  const known = findNetwork(name)
  if (known) return known
  const shown = name.slice(0, 40)
  const nearest = nearestNetwork(shown)
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`
  throw new UsageError(
    `"${shown}" is no network.${hint} There are base, solana, base-sepolia, solana-devnet and others, also by id, such as eip155:8453`
  )
}

/** The variables of endpoints that `network=url` stands for. @throws {UsageError} */
export function endpointVariable(text: string): readonly [variable: string, url: string] {
  const [, name = '', url = ''] = /^([^=]+)=(.+)$/s.exec(text) ?? []
  if (name === '') throw new UsageError('--rpc wants network=url, such as base=https://mainnet.base.org')
  return [rpcVariable(networkNamed(name).id), url]
}

/** The names of networks, as a person may type them. */
export function namesOf(networks: readonly NetworkId[]): string {
  return networks
    .map((id) => {
      const known = findNetwork(id)
      return known ? shortNetworkName(known) : id
    })
    .join(', ')
}
