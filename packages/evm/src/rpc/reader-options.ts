import {
  type Clock,
  checkClock,
  checkFunction,
  checkNetworkId,
  checkRpcUrls,
  type NetworkId,
  type OptionChecks,
  type RpcFetch,
  type RpcUrls,
  recordOf,
  unchecked,
  wholeNumberFrom
} from '@bursar/core'
import type { EvmTransport } from './evm-transport.js'

/** Where and how EVM chains are read. */
export interface EvmReaderOptions {
  /**
   * RPC endpoints by network, tried in order. Default: the public ones of Base and Base Sepolia.
   *
   * @example { rpcUrls: { 'eip155:8453': ['https://base.example/KEY', 'https://mainnet.base.org'] } }
   */
  readonly rpcUrls?: RpcUrls | undefined
  /**
   * viem's public clients or transports by network, asked before {@link rpcUrls}. Default: none.
   *
   * @example { transports: { 'eip155:8453': http('https://base.example/KEY') } }
   */
  readonly transports?: Readonly<Partial<Record<NetworkId, EvmTransport>>> | undefined
  /**
   * The longest that one call to an endpoint may take, in milliseconds. Default: 10_000.
   *
   * @example { rpcTimeoutMs: 3_000 }
   */
  readonly rpcTimeoutMs?: number | undefined
  /**
   * Sends the requests to {@link rpcUrls}. Default: the platform's fetch.
   *
   * @example { fetch: myFetch }
   */
  readonly fetch?: RpcFetch | undefined
  readonly clock: Clock
}

/** The options of {@link EvmReaderOptions}, for those that have more. A transport of viem is a function, a client an object. */
export const evmReaderChecks: OptionChecks<EvmReaderOptions> = {
  rpcUrls: checkRpcUrls,
  transports: recordOf(unchecked, checkNetworkId),
  rpcTimeoutMs: wholeNumberFrom(1, 600_000),
  fetch: checkFunction,
  clock: checkClock
}
