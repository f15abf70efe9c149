import type { AtomicUsdc } from '../amount/atomic.js'
import { costOf } from '../amount/cost.js'
import { BursarError } from '../error/bursar-error.js'
import { checkOptions } from '../options/check-options.js'
import { knownAssets } from './known-assets.js'
import { knownNetworks } from './known-networks.js'
import { type Asset, type Network, type NetworkId, SOLANA_MAINNET } from './network.js'
import { type Rates, type RegistryAdditions, registryChecks } from './registry-options.js'

/** Looks up the networks and assets that may be signed for. */
export interface Registry {
  /** By CAIP-2 id, or by the name that x402 v1 used, such as `base`: servers of either version use both. */
  network(name: string): Network | undefined
  /** By network and address. EVM addresses match in any letter case. */
  asset(network: NetworkId, address: string): Asset | undefined
  /** The official client's asset on a network, or the first asset that was added for it. */
  defaultAsset(network: NetworkId): Asset | undefined
  /** The same, where there must be one. @throws {BursarError} `asset/unknown` */
  requireDefaultAsset(network: NetworkId): Asset
  /** Every asset of a network whose worth in dollars is known. */
  pricedAssets(network: NetworkId): readonly Asset[]
  /** What one unit of an asset is worth in dollars, as decimal text; `undefined` when nobody said. */
  rateOf(asset: Asset): string | undefined
  /** What an amount of an asset counts as against the limits; `undefined` when nobody said what it is worth. */
  costOf(asset: Asset, amountAtomic: bigint): AtomicUsdc | undefined
}

/** Another name in use for a network that has its own. */
const otherV1Names: Readonly<Record<string, NetworkId>> = { 'solana-mainnet-beta': SOLANA_MAINNET }

/**
 * Builds the registry: the networks and assets of x402's official client, and what the user adds.
 * An asset that is in neither is never signed for.
 *
 * @throws {TypeError} when an addition contradicts a known asset or is malformed.
 */
export function createRegistry(additions: RegistryAdditions = {}, rates: Rates = {}): Registry {
  checkOptions(additions, registryChecks)
  const networks = new Map<string, Network>()
  for (const network of [...knownNetworks, ...(additions.networks ?? [])]) {
    const names = network.v1Name ? [network.id, network.v1Name] : [network.id]
    for (const name of names) {
      const known = networks.get(name)
      if (known) assertSameNetwork(known, network)
      networks.set(name, { ...known, ...network })
    }
  }
  const { assets, defaults } = indexAssets([...knownAssets, ...(additions.assets ?? [])], networks)
  const rateOf: Registry['rateOf'] = ({ symbol, currency }) =>
    currency === 'USD' ? '1' : Object.hasOwn(rates, symbol) ? rates[symbol] : undefined
  return {
    network: (name) => networks.get(name) ?? networks.get(otherV1Names[name] ?? ''),
    asset: (network, address) => assets.get(assetKey(network, address)),
    defaultAsset: (network) => defaults.get(network),
    requireDefaultAsset: (network) => defaults.get(network) ?? throwUnknownAsset(network),
    pricedAssets: (network) =>
      [...assets.values()].filter((asset) => asset.network === network && rateOf(asset) !== undefined),
    rateOf,
    costOf(asset, amountAtomic) {
      const rate = rateOf(asset)
      return rate === undefined ? undefined : costOf(amountAtomic, asset, rate)
    }
  }
}

/** A known network may be said again, under another name for people. Whether its money is worth something stays. */
function assertSameNetwork(known: Network, given: Network): void {
  const isSame = known.id === given.id && known.family === given.family
  if (isSame && (given.isTest === undefined || given.isTest === Boolean(known.isTest))) return
  throw new TypeError(
    `Network ${given.id} is already known, or its name is: known.networks contradicts ${known.id}`
  )
}

function indexAssets(given: readonly Asset[], networks: ReadonlyMap<string, Network>) {
  const assets = new Map<string, Asset>()
  const defaults = new Map<string, Asset>()
  for (const asset of given) {
    if (!networks.has(asset.network))
      throw new TypeError(`Asset ${asset.symbol}: network ${asset.network} is unknown`)
    const key = assetKey(asset.network, asset.address)
    const known = assets.get(key)
    if (known) assertAgrees(known, asset)
    const all = { ...known, ...asset }
    assets.set(key, all)
    if (!known && !defaults.has(asset.network)) defaults.set(asset.network, all)
  }
  return { assets, defaults }
}

/** What is known of an asset may be said again and added to, so that no addition breaks when the asset becomes known. */
function assertAgrees(known: Asset, given: Asset): void {
  const differs = (['decimals', 'currency', 'domain', 'transfer'] as const).find(
    (field) =>
      known[field] !== undefined &&
      given[field] !== undefined &&
      JSON.stringify(known[field]) !== JSON.stringify(given[field])
  )
  if (differs === undefined) return
  throw new TypeError(
    `Asset ${given.symbol} on ${given.network} is already known, with another ${differs}: known.assets contradicts it`
  )
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
