import { stackTest } from '@bursar/gateway/vitest'
import { createBursar } from 'bursar'
import { createKatana } from 'bursar/katana'
import { describe, expect, onTestFinished } from 'vitest'
import { proxyOn, type Stack, TOKEN } from '../../proxy-on.js'
import type { SdkPlace } from '../sdk-clients.js'
import { aiClients } from './ai.js'
import { anthropicMessages } from './anthropic.js'
import { langchainClients } from './langchain.js'
import { openaiChat, openaiResponses } from './openai.js'
import { expected, type SuiteClient, suiteCases } from './suite-case.js'
import { suiteModel } from './suite-model.js'

const test = stackTest({ solana: false, gateway: { katana: { generationMs: 50 } } })

const clients: readonly SuiteClient[] = [
  openaiChat,
  openaiResponses,
  anthropicMessages,
  ...aiClients,
  ...langchainClients
]
const MODEL = 'qwen3-6-flash'

/** The proxy, whose clients know no fetch of ours. */
async function throughProxy(stack: Stack): Promise<SdkPlace> {
  const { base: wallet } = await stack.newWallet('20')
  const { proxy } = await proxyOn(stack, {
    evm: wallet?.privateKey,
    solana: undefined,
    limits: { payment: '2' }
  })
  return { url: proxy.url, apiKey: TOKEN, model: MODEL, fetch }
}

/** The fetch inside the process. */
async function throughFetch(stack: Stack, api: SuiteClient['api']): Promise<SdkPlace> {
  const { base: wallet } = await stack.newWallet('20')
  if (!wallet) return expect.unreachable()
  const bursar = createBursar({
    evm: wallet.privateKey,
    rpcUrls: stack.options.rpcUrls,
    limits: { payment: '2' },
    ledger: 'memory'
  })
  onTestFinished(() => bursar.close())
  const { openaiFetch, anthropicFetch } = createKatana(bursar, { baseUrl: stack.env.KATANA_URL })
  const fetch = api === 'openai' ? openaiFetch : anthropicFetch
  return { url: stack.env.KATANA_URL, apiKey: 'x402', model: MODEL, fetch }
}

/** The ways to a service. Each client comes to the same by both. */
const ways = { 'the proxy': throughProxy, 'the fetch in the process': throughFetch }

describe.each(clients)('$name', ({ api, cases }) => {
  for (const name of suiteCases) {
    const play = cases[name]
    if (!play) continue
    for (const [way, open] of Object.entries(ways))
      test(`${name} through ${way}`, async ({ stack }) => {
        stack.gateway.katana.answerAllWith(suiteModel)
        expect(await play(await open(stack, api))).toEqual(expected[name])
      })
  }
})
