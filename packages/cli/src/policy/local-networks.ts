import { isLoopback, knownNetworks, type NetworkId } from '@bursar/core'
import { commandPolicy, type PolicyContext } from './command-policy.js'

/** Names of the networks that are read at an endpoint on this machine. */
export function localNetworks(context: PolicyContext): readonly string[] {
  const { known } = commandPolicy(context).policy
  return [...knownNetworks, ...(known?.networks ?? [])]
    .filter(({ id }) => isLocalNetwork(context, id))
    .map(({ name }) => name)
}

/** Whether a network is read at an endpoint on this machine: what is paid there is on a chain that nobody else sees. */
export function isLocalNetwork(context: PolicyContext, network: NetworkId): boolean {
  const { rpcUrls = {} } = commandPolicy(context).policy
  return [rpcUrls[network] ?? []].flat().some((url) => isLoopback(new URL(url).hostname))
}
