import { BursarError, type NetworkId } from '@bursar/core'
import { chainIdOf } from '../domain.js'
import type { Questions } from './questions.js'

/** Reads from the first endpoint of a network that answers and serves that network. */
export interface ChainReader {
  /** @throws {BursarError} `rpc/unavailable` when no endpoint answers: an outage is never an answer. */
  read<Value>(
    network: NetworkId,
    ask: (chain: Questions) => Promise<Value>,
    signal?: AbortSignal
  ): Promise<Value>
}

/** RPC endpoints by network, tried in order. */
export type RpcUrls = Readonly<Partial<Record<NetworkId, string | readonly string[]>>>

/** Endpoints that the chains' makers run for everybody. Rate-limited: bring your own for real work. */
const publicUrls: RpcUrls = {
  'eip155:8453': 'https://mainnet.base.org',
  'eip155:84532': 'https://sepolia.base.org'
}

/** Builds the reader. Most payments never ask a chain: what asks, viem included, is loaded with the first question. */
export function createChainReader(rpcUrls: RpcUrls, timeoutMs: number): ChainReader {
  const connections = new Map<string, Promise<Questions>>()

  function connectionOf(url: string, network: NetworkId): Promise<Questions> {
    const name = `${network} ${url}`
    let connection = connections.get(name)
    if (!connection) {
      connection = import('./questions.js').then(({ connect }) => connect(url, chainIdOf(network), timeoutMs))
      connections.set(name, connection)
      connection.catch(() => connections.delete(name))
    }
    return connection
  }

  return {
    async read(network, ask, signal) {
      const urls = [rpcUrls[network] ?? publicUrls[network] ?? []].flat()
      let cause: unknown
      for (const url of urls) {
        signal?.throwIfAborted()
        try {
          return await ask(await connectionOf(url, network))
        } catch (error) {
          cause = error
        }
      }
      throw new BursarError('rpc/unavailable', {
        message:
          urls.length === 0
            ? `No RPC endpoint is configured for ${network}; give rpcUrls.`
            : `None of the ${urls.length} RPC endpoints of ${network} answered.`,
        context: { network, endpoints: urls.length },
        moneyState: 'unknown',
        cause
      })
    }
  }
}
