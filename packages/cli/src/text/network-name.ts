import { ACCOUNT, type NetworkId, toppedUpFrom } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'

const registry = createRegistry()

/** A network as people call it: `Base` for `eip155:8453`. */
export function networkName(network: NetworkId): string {
  if (network === ACCOUNT) return 'account'
  const from = toppedUpFrom(network)
  if (from) return `balance from ${networkName(from)}`
  return registry.network(network)?.name ?? network
}
