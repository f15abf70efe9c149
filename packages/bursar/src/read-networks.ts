import {
  BASE,
  BASE_SEPOLIA,
  knownNetworks,
  type NetworkFamily,
  type NetworkId,
  SOLANA_DEVNET,
  SOLANA_MAINNET
} from '@bursar/core'
import type { SharedOptions } from './shared-options.js'

const mainNetworks: Readonly<Record<NetworkFamily, NetworkId>> = { eip155: BASE, solana: SOLANA_MAINNET }
const testNetworks: Readonly<Record<NetworkFamily, NetworkId>> = {
  eip155: BASE_SEPOLIA,
  solana: SOLANA_DEVNET
}

/**
 * The networks whose balances and payments are looked at, as far as there is an account: those of `allow.networks`, else
 * the main network of each account and every other that has an endpoint and money that is worth something.
 */
export function readNetworks(
  families: readonly NetworkFamily[],
  { allow, rpcUrls = {}, known }: Pick<SharedOptions, 'allow' | 'rpcUrls' | 'known'>
): readonly NetworkId[] {
  const { networks } = allow ?? {}
  if (networks === 'testnet') return families.map((family) => testNetworks[family])
  if (networks) return networks.filter((network) => families.some((family) => isOf(network, family)))
  const main = families.map((family) => mainNetworks[family])
  const others = [...knownNetworks, ...(known?.networks ?? [])].filter(
    ({ id, family, isTest }) =>
      !isTest && rpcUrls[id] !== undefined && families.includes(family) && !main.includes(id)
  )
  return [...new Set([...main, ...others.map(({ id }) => id)])]
}

function isOf(network: NetworkId, family: NetworkFamily): boolean {
  return network.startsWith(`${family}:`)
}
