import { ACCOUNT, BASE, type NetworkId, SOLANA_MAINNET } from '@bursar/core'

const names: ReadonlyMap<NetworkId, string> = new Map([
  [BASE, 'Base'],
  [SOLANA_MAINNET, 'Solana'],
  [ACCOUNT, 'account']
])

/** A network as people call it. */
export function networkName(network: NetworkId): string {
  return names.get(network) ?? network
}
