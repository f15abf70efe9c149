import type { Asset, NetworkId } from '@bursar/core'
import { createRegistry, networkName } from '@bursar/core/registry'

export { networkName }

const registry = createRegistry()

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
