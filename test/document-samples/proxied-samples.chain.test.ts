import { parseUsdc } from '@bursar/core'
import { startGateway } from '@bursar/gateway'
import { memoryLedger } from '@bursar/ledger'
import { type ProxyOptions, startProxy } from '@bursar/proxy'
import { tokenPrice } from 'bursar/tokenhub'
import OpenAI from 'openai'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack } from '../stack.js'
import { katanaBodies } from './katana-bodies.js'
import { openclawMedia } from './openclaw-media.js'
import { openclawPrograms } from './openclaw-programs.js'
import { openclawText } from './openclaw-text.js'
import { playProgram, playRequests, type Stage } from './play-sample.js'
import type { Sample } from './sample.js'
import { tokenhotSamples } from './tokenhot.js'
import { tokenhubSamples } from './tokenhub.js'

const stack = useStack()
const TOKEN = 'a-token-of-the-tests'
const text = tokenPrice('2.00', '8.00')
const keys = { katana: '', openclaw: 'sk-relay', tokenhot: 'a-token', tokenhub: 'th-relay' }
const prices = {
  'openai/gpt-4.1': text,
  'openai/gpt-5.4': text,
  'anthropic/claude-sonnet-4-6': text,
  'google/gemini-2.5-pro': text,
  'bytedance/doubao-seedream-5.0': { unit: 'image', each: parseUsdc('0.03') },
  'bytedance/doubao-seedance-2.0': { unit: 'second', each: parseUsdc('0.10') }
} as const

/** A proxy for one service, which a program reaches by an address and a token. */
async function proxyFor(service: keyof typeof keys): Promise<Stage> {
  const accounts = Object.values(keys).map((key) => ({ key: key || 'nobody', usd: '100' }))
  const gateway = await startGateway({
    base: stack.chain,
    katana: { generationMs: 0 },
    relays: { accounts, taskMs: 0 }
  })
  const { key } = await fundWallet(stack)
  const options =
    service === 'katana'
      ? { name: service, baseUrl: gateway.url }
      : { name: service, apiKey: keys[service], baseUrl: `${gateway.url}/relays/${service}`, prices }
  const proxy = await startProxy({
    evm: key,
    rpcUrls: { 'eip155:8453': stack.chain.rpcUrl },
    limits: { payment: '3' },
    ledger: memoryLedger(),
    service: options as ProxyOptions['service'],
    agents: [{ name: 'default', token: TOKEN }],
    port: 0
  })
  onTestFinished(async () => {
    await proxy.stop()
    await gateway.stop()
  })
  const send = (url: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${TOKEN}`)
    return fetch(url, { ...init, headers })
  }
  // TokenHub's own address ends in /api/v1, where that of the proxy ends in /v1.
  const url = service === 'tokenhub' ? `${proxy.url}/v1` : proxy.url
  const pixel = Uint8Array.from(Buffer.from(PIXEL, 'base64'))
  const placeholders = {
    '{input.png}': PIXEL,
    '{picture}': PIXEL,
    'https://token.openclaw-token.shop': proxy.url,
    'https://tokenhub.store/api/v1': url,
    'sk-your-key': TOKEN,
    'th-your-api-key': TOKEN
  }
  return { url, send, placeholders, files: { '@input.png': pixel, '@mask.png': pixel } }
}

/** A PNG of one pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** What carries a key of its own goes to the service itself. */
const isForwarded = ({ requests = [] }: Sample): boolean =>
  requests.length > 0 && requests.every(({ headers }) => headers === undefined)

describe.each<[keyof typeof keys, readonly Sample[]]>([
  ['katana', katanaBodies.filter(isForwarded)],
  ['openclaw', [...openclawText, ...openclawMedia].filter(isForwarded)],
  ['tokenhot', tokenhotSamples],
  ['tokenhub', tokenhubSamples.filter(isForwarded)]
])('a program that knows the proxy’s address and its token, at %s', (service, samples) => {
  it.each(samples)('S65: sends $section, $title ($language)', async (sample) => {
    const responses = await playRequests(sample, await proxyFor(service))
    expect(responses.map(({ status }) => status)).toEqual(sample.requests?.map(() => 200))
  })
})

describe.each<[keyof typeof keys, readonly Sample[]]>([
  ['openclaw', openclawPrograms],
  ['tokenhub', tokenhubSamples.filter(({ program }) => program)]
])('a program in JavaScript with the official SDK, at %s', (service, samples) => {
  it.each(samples)('S65: $section, $title runs as it stands', async ({ program = '', title }) => {
    const { placeholders, files } = await proxyFor(service)
    const input = files?.['@input.png'] ?? new Uint8Array()
    const fs = {
      readFileSync: () => Buffer.from(input),
      createReadStream: () => new File([input], 'input.png', { type: 'image/png' })
    }
    const { printed } = await playProgram(program, placeholders, {
      modules: { openai: OpenAI, fs },
      globals: { fetch }
    })
    expect(printed).toHaveLength(/SDK/.test(title) ? 0 : 1)
  })
})
