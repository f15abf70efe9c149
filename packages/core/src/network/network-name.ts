import { ACCOUNT, toppedUpFrom } from '../interfaces/account-meter.js'
import type { NetworkId } from './network.js'
import { createRegistry } from './registry.js'

const registry = createRegistry()

/** A network as people call it: `Base` for `eip155:8453`; also what is paid from an account or a prepaid balance. */
export function networkName(network: NetworkId): string {
  if (network === ACCOUNT) return 'account'
  const from = toppedUpFrom(network)
  if (from) return `balance from ${networkName(from)}`
  return registry.network(network)?.name ?? network
}
