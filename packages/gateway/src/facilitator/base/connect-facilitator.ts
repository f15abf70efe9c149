import type { NetworkId } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { chainFetch } from '@bursar/localchain/chain-fetch'
import { type Address, createPublicClient, type Hex, http, isAddress, type PublicClient } from 'viem'
import type { Facilitator } from '../facilitator.js'
import { BaseFacilitator } from './base-facilitator.js'
import { callNode, isRevert } from './call-node.js'
import type { TokenDomain } from './context.js'
import { createRelayer } from './relayer.js'
import { fiatToken } from './token.js'

/** Where a facilitator on an EVM chain settles. */
export interface BaseFacilitatorOptions {
  readonly rpcUrl: string
  /** Default: Circle's USDC of the chain. */
  readonly asset?: Address
  readonly payTo: Address
  /** Sends the settlements and pays their gas. */
  readonly relayerKey: Hex
  /** Milliseconds to wait for a receipt before the settlement is `pending`. */
  readonly receiptTimeoutMs: number
  /** Ends the wait for receipts. */
  readonly signal: AbortSignal
}

/**
 * Connects to an EVM chain and reads what its offers must contain.
 *
 * @throws {TypeError} when the chain has no known USDC, or `asset` is no token.
 * @throws {FacilitatorUnavailable}
 */
export async function connectBaseFacilitator(options: BaseFacilitatorOptions): Promise<Facilitator> {
  const { rpcUrl, payTo, relayerKey, receiptTimeoutMs, signal } = options
  const client = createPublicClient({
    transport: http(rpcUrl, { retryCount: 0, timeout: 10_000, fetchFn: chainFetch(rpcUrl) }),
    cacheTime: 0
  })
  const chainId = await callNode(() => client.getChainId())
  const network: NetworkId = `eip155:${chainId}`
  const registry = createRegistry()
  const asset = options.asset ?? registry.defaultAsset(network)?.address
  if (!asset || !isAddress(asset, { strict: false })) {
    throw new TypeError(`Chain ${chainId} has no known USDC; give its address as "usdc".`)
  }
  return new BaseFacilitator({
    settlement: { client, relayer: createRelayer(client, chainId, relayerKey), receiptTimeoutMs, signal },
    chainId,
    asset,
    name: registry.network(network)?.v1Name ?? network,
    payTo,
    domain: await readDomain(client, asset)
  })
}

async function readDomain(client: PublicClient, asset: Address): Promise<TokenDomain> {
  const read = (functionName: 'name' | 'version'): Promise<string | undefined> =>
    client.readContract({ address: asset, abi: fiatToken, functionName }).catch((error: unknown) => {
      if (isRevert(error)) return undefined
      throw error
    })
  const [name, version] = await callNode(() => Promise.all([read('name'), read('version')]))
  if (name === undefined || version === undefined)
    throw new TypeError(`There is no USDC at ${asset} on this chain.`)
  return { name, version }
}
