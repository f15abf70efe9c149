import { nearestName } from '../options/nearest-name.js'
import { knownNetworks } from './known-networks.js'
import type { Network, NetworkId } from './network.js'

/** A network in one word, as options and variables have it: `base-sepolia`, `arbitrum-one`. */
export function shortNetworkName({ v1Name, name }: Pick<Network, 'v1Name' | 'name'>): string {
  return v1Name ?? wordOf(name)
}

/**
 * Finds a known network by its CAIP-2 id, its name, the name that x402 v1 has for it, or the id of its chain, in any
 * letter case.
 */
export function findNetwork(text: string): Network | undefined {
  const wanted = wordOf(text)
  const isMeant = ({ id, v1Name, name }: Network): boolean =>
    id === text ||
    [v1Name, wordOf(name), `${wordOf(name)}-mainnet`].includes(wanted) ||
    id === `eip155:${wanted}`
  return knownNetworks.find(isMeant)
}

/** The name of the known network that a wrong name is nearest to. */
export function nearestNetwork(text: string): string | undefined {
  return nearestName(text, knownNetworks.map(shortNetworkName))
}

/** A network as people call it: `Base` for `eip155:8453`, and the id of one that nobody knows. */
export function networkTitle(network: string): string {
  return knownNetworks.find(({ id }) => id === network)?.name ?? network
}

/** The variable in which the command looks for an endpoint of a network: `BURSAR_RPC_BASE_SEPOLIA`. */
export function rpcVariable(network: NetworkId): string {
  const known = knownNetworks.find(({ id }) => id === network)
  const word = known ? shortNetworkName(known) : network
  return `BURSAR_RPC_${word.replace(/\W/g, '_').toUpperCase()}`
}

/** How an endpoint of a network is given. */
export function endpointAdvice(network: NetworkId): string {
  return `give it by rpcUrls['${network}'], or to the command by ${rpcVariable(network)}`
}

function wordOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
}
