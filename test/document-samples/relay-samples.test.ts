import { parseUsdc } from '@bursar/core'
import { createOpenClaw } from 'bursar/openclaw'
import { createTokenhot } from 'bursar/tokenhot'
import { createTokenHub, type Price } from 'bursar/tokenhub'
import OpenAI from 'openai'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { relaysUnderLimits } from '../relays.js'
import { openclawMedia } from './openclaw-media.js'
import { openclawPrograms } from './openclaw-programs.js'
import { openclawText } from './openclaw-text.js'
import { playProgram, playRequests } from './play-sample.js'
import type { Sample } from './sample.js'
import { tokenhotSamples } from './tokenhot.js'
import { tokenhubSamples } from './tokenhub.js'

const each = (unit: 'call' | 'image' | 'second', usd: string): Price => ({ unit, each: parseUsdc(usd) })
const prices = {
  'openai/gpt-4.1': each('call', '0.01'),
  'openai/gpt-5.4': each('call', '0.01'),
  'anthropic/claude-sonnet-4-6': each('call', '0.01'),
  'google/gemini-2.5-pro': each('call', '0.01'),
  'bytedance/doubao-seedream-5.0': each('image', '0.03'),
  'bytedance/doubao-seedance-2.0': each('second', '0.10')
}
const services = {
  openclaw: { key: 'sk-local', create: createOpenClaw, host: 'https://token.openclaw-token.shop', path: '' },
  tokenhot: { key: 'a-token', create: createTokenhot, host: 'https://api.tokenhot.cn', path: '' },
  tokenhub: { key: 'th-local', create: createTokenHub, host: 'https://tokenhub.store', path: '/api/v1' }
} as const

let input: Uint8Array<ArrayBuffer>
let mask: Uint8Array<ArrayBuffer>
beforeAll(async () => {
  const picture = (alpha: number) =>
    sharp({ create: { width: 64, height: 64, channels: 4, background: { r: 200, g: 80, b: 40, alpha } } })
  input = new Uint8Array(await picture(1).png().toBuffer())
  mask = new Uint8Array(await picture(0).png().toBuffer())
})

/** The local stack of a relay, and a client of Bursar's on it. */
async function stageOf(service: keyof typeof services) {
  const { key, create, host, path } = services[service]
  const stand = await relaysUnderLimits(key, { payment: '10', day: '100' }, undefined, { taskMs: 0 })
  const url = `${stand.gateway.url}/relays/${service}`
  const relay = create(stand.bursar, { apiKey: key, baseUrl: url, prices })
  const placeholders = {
    [host]: url,
    'sk-your-key': key,
    'th-your-api-key': key,
    '{input.png}': Buffer.from(input).toString('base64')
  }
  const files = { '@input.png': input, '@mask.png': mask }
  return { ...stand, relay, placeholders, stage: { url: url + path, send: relay.fetch, placeholders, files } }
}

const runs = ({ requests }: Sample): boolean => requests !== undefined && requests.length > 0
const paidIn = ({ requests = [] }: Sample): number => requests.filter(({ method }) => method !== 'GET').length

describe.each([
  ['OpenClaw 71 and 74', 'openclaw', [...openclawText, ...openclawMedia].filter(runs)],
  ['Tokenhot 79', 'tokenhot', tokenhotSamples],
  ['TokenHub 82', 'tokenhub', tokenhubSamples.filter(runs)]
] as const)('%s: the samples of %s', (_statements, service, samples) => {
  it.each(samples)('S65: $section, $title ($language) runs, and each call is recorded', async (sample) => {
    const { stage, entries } = await stageOf(service)
    const responses = await playRequests(sample, stage)
    expect(responses.map(({ status }) => status)).toEqual(sample.requests?.map(() => 200))
    const recorded = await entries()
    expect(recorded.map(([, state]) => state)).toEqual(Array(paidIn(sample)).fill('settled'))
    expect(recorded.every(([, , cost]) => cost > 0n)).toBe(true)
  })
})

/** The SDK, whose requests go through Bursar; address and key are the program's own. */
function sdkThrough(send: typeof fetch) {
  return class extends OpenAI {
    constructor(options: ConstructorParameters<typeof OpenAI>[0]) {
      super({ ...options, fetch: send })
    }
  }
}

describe.each([
  ['OpenClaw 74', 'openclaw', openclawPrograms],
  ['TokenHub 82', 'tokenhub', tokenhubSamples.filter(({ program }) => program)]
] as const)('%s: the programs of %s', (_statements, service, samples) => {
  it.each(samples)('S65: $section, $title runs as it stands', async ({ program = '', title }) => {
    const { relay, placeholders, entries } = await stageOf(service)
    const blob = new Blob([input], { type: 'image/png' })
    const readFiles = {
      readFileSync: () => Buffer.from(input),
      createReadStream: () => new File([blob], 'input.png', { type: 'image/png' })
    }
    const modules = { openai: sdkThrough(relay.fetch as typeof fetch), fs: readFiles }
    const { printed } = await playProgram(program, placeholders, { modules, globals: { fetch: relay.fetch } })
    const isSetup = /SDK/.test(title)
    expect(printed).toHaveLength(isSetup ? 0 : 1)
    const states = (await entries()).map(([, state]) => state)
    expect(states.length > 0).toBe(!isSetup)
    expect(states.every((state) => state === 'settled')).toBe(true)
  })
})
