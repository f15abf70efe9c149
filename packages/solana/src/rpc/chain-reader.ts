import {
  BursarError,
  type Clock,
  type MoneyState,
  type NetworkId,
  SOLANA_DEVNET,
  SOLANA_MAINNET
} from '@bursar/core'
import { createEndpoint, type Endpoint, type EndpointOptions, type Rpc } from './endpoint.js'

/** Reads from the first endpoint of a network that answers and serves that network. */
export interface ChainReader {
  /**
   * Asks one endpoint for everything, so that an answer is never put together from two.
   *
   * @param moneyState what an outage leaves the caller's money in. Default `none`.
   * @throws {BursarError} `rpc/unavailable` when no endpoint answers: an outage is never an answer.
   */
  read<Value>(
    network: NetworkId,
    ask: (rpc: Rpc) => Promise<Value>,
    signal?: AbortSignal,
    moneyState?: MoneyState
  ): Promise<Value>
}

/** RPC endpoints by network, tried in order. */
export type RpcUrls = Readonly<Partial<Record<NetworkId, string | readonly string[]>>>

/** What a chain reader is made from. */
export interface ChainReaderOptions extends Omit<EndpointOptions, 'url'> {
  readonly rpcUrls: RpcUrls
  readonly clock: Clock
}

/** Endpoints that Solana's makers run for everybody. Rate-limited: bring your own for real work. */
const publicUrls: RpcUrls = {
  [SOLANA_MAINNET]: 'https://api.mainnet-beta.solana.com',
  [SOLANA_DEVNET]: 'https://api.devnet.solana.com'
}

/** How often a reader waits for endpoints that ask for patience (HTTP 429), and how long at most. */
const MAX_WAITS = 3
const MAX_WAIT_MS = 2_000

/**
 * Builds the reader.
 *
 * @throws {TypeError} when a URL is none.
 */
export function createChainReader({ rpcUrls, ...options }: ChainReaderOptions): ChainReader {
  const urls = { ...publicUrls, ...rpcUrls }
  const networks = new Map<string, readonly Endpoint[]>()
  for (const [network, listed] of Object.entries(urls)) {
    networks.set(
      network,
      [listed ?? []].flat().map((url) => createEndpoint({ ...options, url }))
    )
  }
  return {
    async read(network, ask, signal, moneyState = 'none') {
      const endpoints = networks.get(network) ?? []
      let cause: unknown
      for (let waits = 0; ; waits++) {
        for (const endpoint of readyOnes(endpoints)) {
          try {
            return await askOne(endpoint, network, ask, signal)
          } catch (error) {
            signal?.throwIfAborted()
            cause = error
          }
        }
        const restMs = shortestRest(endpoints)
        if (restMs === undefined || restMs > MAX_WAIT_MS || waits === MAX_WAITS) break
        await options.clock.sleep(restMs, signal)
      }
      throw unavailable(network, endpoints.length, moneyState, cause)
    }
  }
}

/** The chain is checked beside the first question, whose answer waits for it. */
async function askOne<Value>(
  endpoint: Endpoint,
  network: NetworkId,
  ask: (rpc: Rpc) => Promise<Value>,
  signal: AbortSignal | undefined
): Promise<Value> {
  const rpc: Rpc = (method, params = []) => endpoint.call(method, params, signal)
  const [value] = await Promise.all([ask(rpc), endpoint.checkChain(network)])
  return value
}

/** In the user's order, those that failed of late after the others. */
function readyOnes(endpoints: readonly Endpoint[]): Endpoint[] {
  const ready = endpoints.filter((endpoint) => endpoint.restMs() === 0)
  return ready.toSorted((a, b) => Number(a.failing) - Number(b.failing))
}

function shortestRest(endpoints: readonly Endpoint[]): number | undefined {
  const rests = endpoints.map((endpoint) => endpoint.restMs()).filter((ms) => ms > 0)
  return rests.length === 0 ? undefined : Math.min(...rests)
}

function unavailable(
  network: NetworkId,
  endpoints: number,
  moneyState: MoneyState,
  cause: unknown
): BursarError<'rpc/unavailable'> {
  return new BursarError('rpc/unavailable', {
    message:
      endpoints === 0
        ? `No RPC endpoint is configured for ${network}; give rpcUrls.`
        : `None of the ${endpoints} RPC endpoints of ${network} gave a usable answer.`,
    context: { network, endpoints },
    moneyState,
    cause
  })
}
