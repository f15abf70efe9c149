import { ACCOUNT, type Asset, type NetworkId, toppedUpFrom } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'

const registry = createRegistry()

/** A network as people call it: `Base` for `eip155:8453`. */
export function networkName(network: NetworkId): string {
  if (network === ACCOUNT) return 'account'
  const from = toppedUpFrom(network)
  if (from) return `balance from ${networkName(from)}`
  return registry.network(network)?.name ?? network
}

/** The token that a network and an address name. The command knows no others than Bursar does. */
export function quotedAsset({
  network,
  asset
}: {
  readonly network: NetworkId
  readonly asset: string
}): Asset | undefined {
  return registry.asset(network, asset)
}
