import {
  type Clock,
  checkNetworkId,
  checkObject,
  checkRpcUrls,
  type NetworkId,
  type OptionChecks,
  type RpcUrls,
  recordOf,
  unchecked,
  wholeNumberFrom
} from '@bursar/core'
import type { EvmTransport } from './evm-transport.js'

/** How a user says where EVM chains are read. */
export interface EvmReaderOptions {
  /** Endpoints by network, tried in order. Default for Base and Base Sepolia: their makers' public ones. */
  readonly rpcUrls?: RpcUrls | undefined
  /** viem public clients or transports by network, asked before {@link rpcUrls}. */
  readonly transports?: Readonly<Partial<Record<NetworkId, EvmTransport>>> | undefined
  /** For each call to an endpoint, in milliseconds. Default 10_000. */
  readonly rpcTimeoutMs?: number | undefined
  readonly clock: Clock
}

/** The options of {@link EvmReaderOptions}, for those that have more. A transport of viem is a function, a client an object. */
export const evmReaderChecks: OptionChecks<EvmReaderOptions> = {
  rpcUrls: checkRpcUrls,
  transports: recordOf(unchecked, checkNetworkId),
  rpcTimeoutMs: wholeNumberFrom(1, 600_000),
  clock: checkObject
}
