import {
  type ChainReader,
  type Clock,
  checkClock,
  checkFunction,
  checkNetworkId,
  checkObject,
  checkRpcUrls,
  type NetworkId,
  type OptionChecks,
  type ReadServedNetwork,
  type RpcFetch,
  type RpcTransport,
  type RpcUrls,
  recordOf,
  SOLANA_DEVNET,
  SOLANA_MAINNET,
  SOLANA_TESTNET,
  wholeNumberFrom
} from '@bursar/core'
import { createChainReader } from '@bursar/core/rpc'

/** Endpoints that Solana's makers run for everybody. Rate-limited: bring your own for real work. */
export const publicUrls: RpcUrls = {
  [SOLANA_MAINNET]: 'https://api.mainnet-beta.solana.com',
  [SOLANA_DEVNET]: 'https://api.devnet.solana.com',
  [SOLANA_TESTNET]: 'https://api.testnet.solana.com'
}

/** Where and how Solana is read. */
export interface SolanaReaderOptions {
  /**
   * RPC endpoints by network, tried in order. Default: the public ones of Solana's networks.
   *
   * @example { rpcUrls: { 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp': 'https://solana.example/KEY' } }
   */
  readonly rpcUrls?: RpcUrls | undefined
  /**
   * Clients by network, asked before {@link rpcUrls}; `fromConnection` of `@bursar/solana/web3` makes them. Default:
   * none.
   *
   * @example { transports: { 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp': fromConnection(connection) } }
   */
  readonly transports?: Readonly<Partial<Record<NetworkId, RpcTransport>>> | undefined
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

/** The options of {@link SolanaReaderOptions}, for those that have more. */
export const solanaReaderChecks: OptionChecks<SolanaReaderOptions> = {
  rpcUrls: checkRpcUrls,
  transports: recordOf(checkObject, checkNetworkId),
  rpcTimeoutMs: wholeNumberFrom(1, 600_000),
  fetch: checkFunction,
  clock: checkClock
}

/**
 * Builds the reader.
 *
 * @throws {TypeError} when a URL is malformed. The message does not show it.
 */
export function createSolanaReader(options: SolanaReaderOptions): ChainReader {
  const { rpcUrls, transports = {}, rpcTimeoutMs: timeoutMs = 10_000, clock, fetch } = options
  return createChainReader({ rpcUrls, transports, publicUrls, timeoutMs, clock, fetch, readNetwork })
}

/**
 * An endpoint of another chain would report every payment as unpaid. A chain on this machine has a genesis of its own,
 * whatever network it stands in for.
 */
const readNetwork: ReadServedNetwork = async (rpc, network, { isLocal }) => {
  if (isLocal) return network
  const genesis = await rpc('getGenesisHash')
  if (typeof genesis === 'string' && /^\w{32,64}$/.test(genesis)) return `solana:${genesis.slice(0, 32)}`
  throw new TypeError('The node did not name its chain')
}
