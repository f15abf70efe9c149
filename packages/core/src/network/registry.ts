import { BursarError } from '../error/bursar-error.js'
import { checkOptions, type OptionChecks, optionsOf, unchecked } from '../options/check-options.js'
import {
  checkFlag,
  checkNetworkId,
  checkText,
  listOf,
  oneOf,
  wholeNumberFrom
} from '../options/option-checks.js'
import { circleAssets, circleNetworks } from './circle-usdc.js'
import type { Asset, Network, NetworkId } from './network.js'

/** Looks up the networks and assets that may be signed for. */
export interface Registry {
  /** By CAIP-2 id. */
  network(id: string): Network | undefined
  /** By the name that x402 v1 used, such as `base`. */
  networkByV1Name(name: string): Network | undefined
  /** By network and address. EVM addresses match in any letter case. */
  asset(network: NetworkId, address: string): Asset | undefined
  /** Circle's USDC on a network, or the first asset that was added for it. */
  defaultAsset(network: NetworkId): Asset | undefined
  /** The same, where there must be one. @throws {BursarError} `asset/unknown` */
  requireDefaultAsset(network: NetworkId): Asset
}

/** What a user adds to the networks and assets known by default. */
export interface RegistryAdditions {
  /**
   * Networks beyond those of Circle's USDC. Default: none.
   *
   * @example { networks: [{ id: 'eip155:31337', family: 'eip155', name: 'Local' }] }
   */
  readonly networks?: readonly Network[]
  /**
   * Tokens beyond Circle's USDC. One whole unit of an added token counts as one USDC against the limits. Default:
   * none.
   *
   * @example { assets: [{ network: 'eip155:8453', address: '0x…', symbol: 'EURC', decimals: 6 }] }
   */
  readonly assets?: readonly Asset[]
}

/** The `known` option, which many functions share. */
export interface RegistryOptions {
  /**
   * Networks and tokens beyond Circle's USDC. Default: none.
   *
   * @example { known: { assets: [{ network: 'eip155:8453', address: '0x…', symbol: 'EURC', decimals: 6 }] } }
   */
  readonly known?: RegistryAdditions | undefined
}

/** The option checks of {@link RegistryAdditions}, for functions that take them as an option. */
export const registryChecks: OptionChecks<RegistryAdditions> = {
  networks: listOf(
    optionsOf<Network>({
      id: checkNetworkId,
      family: oneOf('eip155', 'solana'),
      name: checkText,
      v1Name: checkText,
      isTest: checkFlag
    })
  ),
  assets: listOf(
    optionsOf<Asset>({
      network: checkNetworkId,
      address: checkText,
      symbol: checkText,
      decimals: wholeNumberFrom(0, 36),
      domain: optionsOf<NonNullable<Asset['domain']>>({ name: unchecked, version: unchecked }),
      transfer: oneOf('eip3009', 'permit2', 'permit2+eip2612')
    })
  )
}

/**
 * Builds the registry: Circle's USDC, and what the user adds.
 * An asset that is in neither is never signed for.
 *
 * @throws {TypeError} when an addition contradicts a known asset or is malformed.
 */
export function createRegistry(additions: RegistryAdditions = {}): Registry {
  checkOptions(additions, registryChecks)
  const networks = new Map<string, Network>()
  const v1Names = new Map<string, Network>()
  for (const network of [...circleNetworks, ...(additions.networks ?? [])]) {
    networks.set(network.id, network)
    if (network.v1Name) v1Names.set(network.v1Name, network)
  }
  const assets = new Map<string, Asset>()
  const defaults = new Map<string, Asset>()
  for (const asset of [...circleAssets, ...(additions.assets ?? [])]) {
    if (!networks.has(asset.network))
      throw new TypeError(`Asset ${asset.symbol}: network ${asset.network} is unknown`)
    const key = assetKey(asset.network, asset.address)
    if (assets.has(key)) throw new TypeError(`Asset ${asset.symbol} on ${asset.network} is already known`)
    assets.set(key, asset)
    if (!defaults.has(asset.network)) defaults.set(asset.network, asset)
  }
  return {
    network: (id) => networks.get(id),
    networkByV1Name: (name) => v1Names.get(name),
    asset: (network, address) => assets.get(assetKey(network, address)),
    defaultAsset: (network) => defaults.get(network),
    requireDefaultAsset: (network) => defaults.get(network) ?? throwUnknownAsset(network)
  }
}

function throwUnknownAsset(network: NetworkId): never {
  throw new BursarError('asset/unknown', {
    message: `No token is known on ${network}. Add one with known.assets. Nothing was signed.`,
    context: { network },
    moneyState: 'none'
  })
}

function assetKey(network: string, address: string): string {
  return `${network}/${network.startsWith('eip155:') ? address.toLowerCase() : address}`
}
