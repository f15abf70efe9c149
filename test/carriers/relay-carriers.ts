import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { memoryLedger } from '@bursar/ledger'
import { startProxy } from '@bursar/proxy'
import { createBursar } from 'bursar'
import { createOpenClaw, tokenPrice } from 'bursar/openclaw'
import { onTestFinished } from 'vitest'

/** The name that the relay has for a model, which programs write in other ways. */
export const MODEL = 'claude-sonnet-4-6'
export const GPT = 'gpt-5.4-mini-plus'
const TOKEN = 'a-token-of-the-tests'
const KEY = 'sk-relay'
const EVM_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'

/** What a program asks for. */
export interface Ask {
  readonly method?: 'GET' | 'POST'
  /** Behind the API's: `/messages`. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | FormData
}

/** What the relay answers. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
  /** Whether the connection breaks behind the body. */
  readonly isCut?: boolean
}

const handed = /^(?:anthropic-version|anthropic-beta|openai-beta|content-type|accept)$/
const told =
  /^(?:content-type|retry-after|x-should-retry|x-bursar-(?:cost|paid-from|left-out|money)|(?:x-)?request-id|anthropic-ratelimit-[\w-]+)$/

/** The same call through the proxy and through the fetch inside a process, each over a ledger of its own. */
export async function openCarriers(answerOf: (ask: Ask) => Answer) {
  const received: string[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method = '', url = '', headers } = request
    const body = Buffer.concat(chunks).toString()
    const isList = method === 'GET' && url.endsWith('/models')
    if (!isList) received.push(masked([method, url, pick(Object.entries(headers), handed), body]))
    const listed: Answer = {
      body: JSON.stringify({ data: [{ id: MODEL }, { id: GPT }, { id: 'gpt-image-2' }] })
    }
    const { status = 200, headers: own, body: text, isCut } = isList ? listed : answerOf({ path: url, body })
    response.writeHead(status, { 'content-type': 'application/json', ...own })
    if (isCut) response.write(text, () => response.destroy())
    else response.end(text)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const prices = Object.fromEntries([MODEL, GPT].map((name) => [name, tokenPrice('3.00', '15.00')]))
  const shop = { apiKey: KEY, baseUrl, prices }
  const open = { limits: { payment: '0.25', day: '5' } }
  const ledgers = { proxied: memoryLedger(), inProcess: memoryLedger() }
  const proxy = await startProxy({
    ...open,
    evm: EVM_KEY,
    rpcUrls: { 'eip155:8453': 'http://127.0.0.1:9' },
    ledger: ledgers.proxied,
    service: { name: 'openclaw', ...shop },
    agents: [{ name: 'one', token: TOKEN }],
    port: 0
  })
  const bursar = createBursar({ ...open, payers: [], ledger: ledgers.inProcess })
  onTestFinished(async () => {
    await proxy.stop()
    await bursar.close()
  })
  const relay = createOpenClaw(bursar, { ...shop, labels: { agent: 'one' } })

  async function outcome(ledger: keyof typeof ledgers, send: (ask: Ask) => Promise<Response>, ask: Ask) {
    received.splice(0)
    const response = await send(ask)
    const body = await response.text().catch((error: unknown) => `broken: ${error}`)
    const purchases: string[] = []
    for await (const { labels, state, call, offer } of ledgers[ledger].history())
      purchases.push(`${labels.model} ${state} ${call} ${offer.cost}`)
    return {
      status: response.status,
      headers: pick([...response.headers], told),
      body: masked([body]),
      received: received.splice(0),
      purchases
    }
  }

  const initOf = ({ method = 'POST', headers = {}, body }: Ask, token: string): RequestInit => ({
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
      ...headers
    },
    ...(body === undefined ? {} : { body })
  })
  return {
    proxied: (ask: Ask) =>
      outcome('proxied', (each) => fetch(`${proxy.url}/v1${each.path}`, initOf(each, TOKEN)), ask),
    inProcess: (ask: Ask) =>
      outcome('inProcess', (each) => relay.sdkFetch(`${baseUrl}/v1${each.path}`, initOf(each, KEY)), ask)
  }
}

function pick(entries: readonly (readonly [string, unknown])[], names: RegExp): string {
  return JSON.stringify(entries.filter(([name]) => names.test(name)).sort())
}

/** Ids, times and the boundaries of forms are each call's own. */
function masked(parts: readonly string[]): string {
  return parts
    .join(' ')
    .replaceAll(/[0-9a-f]{32}/g, 'ID')
    .replaceAll(/"created(_at)?":\d{9,}/g, '"created$1":NOW')
    .replaceAll(/-{4,}[\w-]+/g, 'BOUNDARY')
    .replaceAll(/ \(\$[\d.]+ is counted as its cost\.\)/g, '')
}
