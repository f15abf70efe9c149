import Anthropic from '@anthropic-ai/sdk'
import type { startStack } from '@bursar/gateway'
import { memoryLedger } from '@bursar/ledger'
import { type ProxyOptions, startProxy } from '@bursar/proxy'
import OpenAI from 'openai'
import { onTestFinished } from 'vitest'

/** Local chains, and the services on them. */
export type Stack = Awaited<ReturnType<typeof startStack>>

export const BASE = 'eip155:8453'
export const SOLANA = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'
/** Of the proxy's one agent. */
export const TOKEN = 'a-token-of-the-tests'

/** A proxy on a stack, and the clients of its one agent. */
export async function proxyOn({ env }: Stack, options: Partial<ProxyOptions> = {}) {
  const ledger = memoryLedger()
  const proxy = await startProxy({
    evm: env.EVM_PRIVATE_KEY as `0x${string}`,
    solana: env.SVM_PRIVATE_KEY as string,
    rpcUrls: { [BASE]: env.BURSAR_RPC_BASE as string, [SOLANA]: env.BURSAR_RPC_SOLANA as string },
    limits: { payment: '0.5' },
    resend: { times: 1, backoffMs: 5 },
    ledger,
    service: { name: 'katana', baseUrl: env.KATANA_URL },
    agents: [{ name: 'default', token: TOKEN }],
    port: 0,
    ...options
  })
  onTestFinished(() => proxy.stop())
  const openai = new OpenAI({ baseURL: `${proxy.url}/v1`, apiKey: TOKEN })
  const anthropic = new Anthropic({ baseURL: proxy.url, apiKey: TOKEN })
  /** What was bought, without what came to nothing. */
  const purchases = async () => {
    const found: string[] = []
    for await (const { state, labels, offer } of ledger.history())
      if (state !== 'released')
        found.push(
          `${labels.agent} ${labels.model} ${offer.network === SOLANA ? 'Solana' : offer.network} ${state}`
        )
    return found
  }
  const post = (body: object, headers: Record<string, string> = {}, path = '/v1/chat/completions') =>
    fetch(`${proxy.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}`, ...headers },
      body: JSON.stringify(body)
    })
  return { proxy, ledger, openai, anthropic, purchases, post }
}

export const model = 'qwen3-6-flash'
/** A chat whose answer is known. */
export const say = (words: string) => ({
  model,
  max_tokens: 64,
  messages: [{ role: 'user' as const, content: `Reply with exactly: ${words}` }]
})
