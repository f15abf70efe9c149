/** What is asked of a chain. All of it, viem included, is loaded with the first question. */
import { createPublicClient, http, type PublicClient } from 'viem'

export { readAuthorizationState, readFate } from './authorization-fate.js'
export { readTokenBalance } from './token-balance.js'

/** Connects. An endpoint of another chain would call every payment unpaid; it is as good as none. */
export async function connect(url: string, chainId: number, timeoutMs: number): Promise<PublicClient> {
  const client = createPublicClient({
    transport: http(url, { timeout: timeoutMs, retryCount: 1 }),
    cacheTime: 0
  })
  if ((await client.getChainId()) !== chainId) throw new TypeError('The endpoint serves another chain')
  return client
}
