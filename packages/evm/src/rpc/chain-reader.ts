import { BursarError, type NetworkId } from '@bursar/core'
import type { PublicClient } from 'viem'
import { chainIdOf } from '../domain.js'

type Questions = typeof import('./questions.js')

/** Reads from the first endpoint of a network that answers and serves that network. */
export interface ChainReader {
  /** @throws {BursarError} `rpc/unavailable` when no endpoint answers: an outage is never an answer. */
  read<Value>(
    network: NetworkId,
    ask: (client: PublicClient, questions: Questions) => Promise<Value>,
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

/** Builds the reader. Most payments never ask a chain: what asks is loaded with the first question. */
export function createChainReader(rpcUrls: RpcUrls, timeoutMs: number): ChainReader {
  const clients = new Map<string, Promise<PublicClient>>()

  function clientOf({ connect }: Questions, url: string, network: NetworkId): Promise<PublicClient> {
    const name = `${network} ${url}`
    let client = clients.get(name)
    if (!client) {
      client = connect(url, chainIdOf(network), timeoutMs)
      clients.set(name, client)
      client.catch(() => clients.delete(name))
    }
    return client
  }

  return {
    async read(network, ask, signal) {
      const urls = [rpcUrls[network] ?? publicUrls[network] ?? []].flat()
      let cause: unknown
      for (const url of urls) {
        signal?.throwIfAborted()
        try {
          const questions = await import('./questions.js')
          return await ask(await clientOf(questions, url, network), questions)
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
