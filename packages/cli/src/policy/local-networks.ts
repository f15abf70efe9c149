import { isLoopback, knownNetworks } from '@bursar/core'
import { commandPolicy, type PolicyContext } from './command-policy.js'

/** Names of the networks that are read at an endpoint on this machine. */
export function localNetworks(context: PolicyContext): readonly string[] {
  const { rpcUrls = {}, known } = commandPolicy(context).policy
  const isLocal = (url: string): boolean => isLoopback(new URL(url).hostname)
  return [...knownNetworks, ...(known?.networks ?? [])]
    .filter(({ id }) => [rpcUrls[id] ?? []].flat().some(isLocal))
    .map(({ name }) => name)
}
