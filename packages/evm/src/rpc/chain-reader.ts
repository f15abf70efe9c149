import type { ChainReader, NetworkId, ReadOptions, ReadServedNetwork, RpcTransport } from '@bursar/core'
import { createChainReader } from '@bursar/core/rpc'
import type { PublicClient } from 'viem'
import { toRpcTransport } from './evm-transport.js'
import { publicUrls } from './public-urls.js'
import type { EvmReaderOptions } from './reader-options.js'

/** Reads EVM chains. */
export interface EvmReader {
  /** Asks by JSON-RPC alone: viem is four hundred files, and a balance needs none of them. */
  readonly rpc: ChainReader
  /**
   * Asks one endpoint for everything through viem, so that an answer is never put together from two.
   *
   * @throws {BursarError} `rpc/unavailable` when no endpoint answers: an outage is never an answer.
   * @throws the signal's reason, once it is aborted.
   */
  read<Value>(
    network: NetworkId,
    ask: (client: PublicClient) => Promise<Value>,
    options?: ReadOptions
  ): Promise<Value>
}

/**
 * Builds the reader. Most payments never read a chain, so viem is loaded by the first read that needs it.
 *
 * @throws {TypeError} when a URL is malformed. The message does not show it.
 */
export function createEvmReader(options: EvmReaderOptions): EvmReader {
  const { transports, rpcUrls, rpcTimeoutMs, fetch, clock } = options
  const carriers = Object.entries(transports ?? {}).map(
    ([network, given]): [string, RpcTransport | undefined] => [network, given && toRpcTransport(given)]
  )
  const reader = createChainReader({
    rpcUrls,
    transports: Object.fromEntries(carriers),
    publicUrls,
    timeoutMs: rpcTimeoutMs ?? 10_000,
    fetch,
    clock,
    readNetwork
  })
  return {
    rpc: reader,
    async read(network, ask, options) {
      const { createViemClient } = await import('./viem-client.js')
      return reader.read(network, (rpc) => ask(createViemClient(rpc)), options)
    }
  }
}

/** An endpoint of another chain would report every payment as unpaid. */
const readNetwork: ReadServedNetwork = async (rpc) => {
  const chainId = Number(await rpc('eth_chainId'))
  if (Number.isSafeInteger(chainId) && chainId > 0) return `eip155:${chainId}`
  throw new TypeError('The node did not name its chain')
}
