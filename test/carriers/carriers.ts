import { memoryLedger } from '@bursar/ledger'
import { type ProxyServiceOptions, startProxy } from '@bursar/proxy'
import { type Bursar, createBursar, parseUsdc } from 'bursar'
import { createKatana } from 'bursar/katana'
import { createOpenClaw, tokenPrice } from 'bursar/openclaw'
import { createVenice } from 'bursar/venice'
import { onTestFinished } from 'vitest'
import { type Answer, type Ask, openService, pick } from './service.js'

export type { Answer, Ask } from './service.js'

/** The name that the relay has for a model, which programs write in other ways. */
export const MODEL = 'claude-sonnet-4-6'
export const GPT = 'gpt-5.4-mini-plus'
export const GEMINI = 'gemini-3.1-flash-image'
const TOKEN = 'a-token-of-the-tests'
const KEY = 'sk-relay'
const EVM_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
const prices = {
  ...Object.fromEntries([MODEL, GPT].map((name) => [name, tokenPrice('3.00', '15.00')])),
  'gpt-image-2': { unit: 'image', each: parseUsdc('0.04') },
  [GEMINI]: { unit: 'image', each: parseUsdc('0.05') }
} as const

/** A service as the proxy pays it, and as a process does. */
interface Opened {
  readonly service: ProxyServiceOptions
  /** Behind the service's own address, from where on paths are those of an API. */
  readonly api: string
  /** What an SDK in the process sends as its key. */
  readonly key: string
  readonly fetchOf: (bursar: Bursar) => (url: string, init: RequestInit) => Promise<Response>
}

/** The services, by their names. */
const services: Readonly<Record<'openclaw' | 'katana' | 'venice', (baseUrl: string) => Opened>> = {
  openclaw(baseUrl) {
    const shop = { apiKey: KEY, baseUrl, prices }
    const labels = { agent: 'one' }
    return {
      service: { name: 'openclaw', ...shop },
      api: '/v1',
      key: KEY,
      fetchOf: (bursar) => createOpenClaw(bursar, { ...shop, labels }).sdkFetch
    }
  },
  katana: (baseUrl) => ({
    service: { name: 'katana', baseUrl },
    api: '/v1',
    key: 'x402',
    fetchOf: (bursar) => createKatana(bursar, { baseUrl }).openaiFetch
  }),
  venice: (baseUrl) => ({
    service: { name: 'venice', baseUrl },
    api: '/api/v1',
    key: 'x402',
    fetchOf: (bursar) => createVenice(bursar, { baseUrl }).openaiFetch
  })
}

/** Which service is carried to. */
export type ServiceName = keyof typeof services

const told =
  /^(?:content-type|retry-after|x-should-retry|x-bursar-(?:cost|paid-from|left-out|money)|(?:x-)?request-id|anthropic-ratelimit-[\w-]+)$/

/** The same call through the proxy and through the fetch inside a process, each over a ledger of its own. */
export async function openCarriers(answerOf: (ask: Ask) => Answer, name: ServiceName = 'openclaw') {
  const { url: baseUrl, received } = await openService(answerOf)
  const { service, api, key, fetchOf } = services[name](baseUrl)
  const open = {
    limits: { payment: '0.25', day: '5' },
    evm: EVM_KEY,
    rpcUrls: { 'eip155:8453': 'http://127.0.0.1:9' }
  } as const
  const ledgers = { proxied: memoryLedger(), inProcess: memoryLedger() }
  const agents = [{ name: 'one', token: TOKEN }]
  const proxy = await startProxy({ ...open, ledger: ledgers.proxied, service, agents, port: 0 })
  const bursar = createBursar({ ...open, ledger: ledgers.inProcess })
  onTestFinished(async () => {
    await proxy.stop()
    await bursar.close()
  })
  const send = fetchOf(bursar)

  async function outcome(ledger: keyof typeof ledgers, answering: Promise<Response>) {
    const response = await answering
    const body = await response.text().catch((error: unknown) => `broken: ${error}`)
    const purchases: string[] = []
    for await (const { labels, state, call, offer } of ledgers[ledger].history())
      purchases.push(`${labels.model} ${state} ${call} ${offer.cost}`)
    return {
      status: response.status,
      headers: pick([...response.headers], told),
      body: masked([body]),
      received: received.splice(0).map(masked).map(asAny),
      purchases
    }
  }

  return {
    proxied: (ask: Ask) => outcome('proxied', fetch(`${proxy.url}/v1${ask.path}`, initOf(ask, TOKEN))),
    inProcess: (ask: Ask) => outcome('inProcess', send(`${baseUrl}${api}${ask.path}`, initOf(ask, key)))
  }
}

function initOf({ method = 'POST', headers = {}, body }: Ask, token: string): RequestInit {
  return {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
      ...headers
    },
    ...(body === undefined ? {} : { body })
  }
}

/** What one carrier says to a service and the other leaves to be understood: which answers are taken, and that none streams. */
function asAny(request: string): string {
  return request.replace(/\["accept","[^"]*"\],?/, '').replace(',"stream":false}', '}')
}

/** Ids, times and the boundaries of forms are each call's own. */
function masked(parts: readonly string[]): string {
  return parts
    .join(' ')
    .replaceAll(/[0-9a-f]{32}/g, 'ID')
    .replaceAll(/"created(_at)?":\d{9,}/g, '"created$1":NOW')
    .replaceAll(/-{4,}[\w-]+/g, 'BOUNDARY')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')
    .replaceAll(/localhost:\d+/g, 'ELSEWHERE')
    .replaceAll(/ \(\$[\d.]+ is counted as its cost\.\)/g, '')
}
