import { startGateway } from '@bursar/gateway'
import { memoryLedger } from '@bursar/ledger'
import { type ProxyOptions, startProxy } from '@bursar/proxy'
import { tokenPrice } from 'bursar/tokenhub'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack } from './stack.js'

const stack = useStack()
const TOKEN = 'a-token-of-the-tests'
const keys = { openclaw: 'sk-relay', tokenhot: 'a-token', tokenhub: 'th-relay' } as const

/** A proxy for one service, and a program that knows only that service's own API. */
async function program(service: 'katana' | keyof typeof keys, more: object = {}) {
  const accounts = Object.values(keys).map((key) => ({ key, usd: '10' }))
  const gateway = await startGateway({ base: stack.chain, relays: { accounts } })
  const { key } = await fundWallet(stack)
  const ledger = memoryLedger()
  const options =
    service === 'katana'
      ? { name: service, baseUrl: gateway.url }
      : { name: service, apiKey: keys[service], baseUrl: `${gateway.url}/relays/${service}`, ...more }
  const proxy = await startProxy({
    evm: key,
    rpcUrls: { 'eip155:8453': stack.chain.rpcUrl },
    limits: { payment: '1' },
    ledger,
    service: options as ProxyOptions['service'],
    agents: [{ name: 'default', token: TOKEN }],
    port: 0
  })
  onTestFinished(async () => {
    await proxy.stop()
    await gateway.stop()
  })
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  const call = async (path: string, body?: object) => {
    const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }
    const response = await fetch(`${proxy.url}/v1${path}`, init)
    return { status: response.status, body: await response.json() }
  }
  const stream = async (path: string, body: object) =>
    (await fetch(`${proxy.url}/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).text()
  const bought = async () => {
    const rows: string[] = []
    for await (const { state, labels, kind } of ledger.history())
      rows.push(`${kind} ${labels.model} ${state}`)
    return rows
  }
  const received = () => gateway.requests.filter(({ method }) => method === 'POST').map(({ path }) => path)
  return { call, stream, bought, received }
}

describe('S26: options of images', () => {
  it('arrive at a relay that speaks them, with the usage in the answer', async () => {
    const { call, bought } = await program('openclaw')
    const { status, body } = await call('/images/generations', {
      ...{ model: 'gpt-image-1.5-vvip', prompt: 'x', quality: 'high', background: 'transparent' },
      ...{ output_format: 'webp', output_compression: 30, moderation: 'low', response_format: 'b64_json' }
    })
    expect([status, body.usage.output_tokens]).toEqual([200, 4160])
    const image = Buffer.from(body.data[0].b64_json, 'base64')
    expect(image.subarray(8, 12).toString()).toBe('WEBP')
    expect(await bought()).toEqual(['account gpt-image-1.5-vvip settled'])
  })

  it('that the relay rejects are rejected, and free', async () => {
    const { call, bought } = await program('openclaw')
    for (const wrong of [
      { model: 'gpt-image-1.5-vvip', quality: 'best' },
      { model: 'wan2.6-t2i', seed: -1 }
    ])
      expect(await call('/images/generations', { prompt: 'x', ...wrong })).toMatchObject({ status: 400 })
    expect((await bought()).every((row) => row.endsWith('released'))).toBe(true)
  })

  it('without a counterpart are rejected by their names, before anything is sent', async () => {
    const [katana, openclaw] = [await program('katana'), await program('openclaw')]
    for (const [name, value] of Object.entries({
      quality: 'high',
      background: 'transparent',
      style: 'vivid'
    }))
      expect(
        await katana.call('/images/generations', { model: 'gen', prompt: 'x', [name]: value })
      ).toMatchObject({
        status: 400,
        body: { error: { message: expect.stringContaining(`${name} has no counterpart`) } }
      })
    const gemini = { model: 'gemini-3.1-flash-image', prompt: 'x', quality: 'high' }
    expect(await openclaw.call('/images/generations', gemini)).toMatchObject({ status: 400 })
    expect([katana.received(), openclaw.received()]).toEqual([[], []])
  })

  it('that Katana has arrive there', async () => {
    const { call } = await program('katana')
    const asked = {
      model: 'gen',
      prompt: 'x',
      output_format: 'webp',
      quality: 'auto',
      response_format: 'b64_json'
    }
    const { body } = await call('/images/generations', asked)
    expect(Buffer.from(body.data[0].b64_json, 'base64').subarray(8, 12).toString()).toBe('WEBP')
  })
})

it('S27: a relay’s videos are forwarded and recorded, and asking after them is free', async () => {
  const video = { prompt: 'A wave', duration: 5 }
  const asked = [
    ['openclaw', '/video/generations', '/videos', { ...video, model: 'wan2.6-t2v', resolution: '720P' }],
    ['tokenhub', '/videos/generations', '/videos/generations', { ...video, model: 'kwaivgi/kling-v3-std' }]
  ] as const
  for (const [service, path, polls, body] of asked) {
    const { call, bought } = await program(service)
    const { status, body: task } = await call(path, body)
    expect([status, typeof task.id]).toEqual([200, 'string'])
    await expect
      .poll(async () => (await call(`${polls}/${task.id}`)).body.status)
      .toMatch(/completed|succeeded/)
    expect(await bought()).toEqual([`account ${body.model} settled`])
  }
})

it('a misspelt field, or one that the model has not, is 400 and named, and nothing is sent', async () => {
  const [katana, openclaw] = [await program('katana'), await program('openclaw')]
  const chat = { model: 'qwen3-6-flash', messages: [{ role: 'user', content: 'Hi' }], max_token: 16 }
  expect(await katana.call('/chat/completions', chat)).toMatchObject({
    status: 400,
    body: { error: { message: expect.stringContaining('max_tokens is nearly the same') } }
  })
  const gemini = { model: 'gemini-3.1-flash-image', prompt: 'x', size: '1024x1024' }
  expect(await openclaw.call('/images/generations', gemini)).toMatchObject({
    status: 400,
    body: { error: { message: expect.stringContaining('size is not an option') } }
  })
  expect([katana.received(), openclaw.received()]).toEqual([[], []])
  const plain = { model: 'gemini-3.1-flash-image', prompt: 'x' }
  expect((await openclaw.call('/images/generations', plain)).status).toBe(200)
})

it('S28: a program has Katana’s own requests, paid once, and polls them', async () => {
  const { call, bought } = await program('katana')
  const item = { type: 'image', model: 'gen', prompt: 'A mug', aspect_ratio: '1:1' }
  const { status, body: job } = await call('/generation-requests', { requests: [item] })
  expect(status).toBe(200)
  await expect
    .poll(async () => (await call(`/generation-requests/${job.request_id}`)).body.status)
    .toBe('completed')
  expect(await bought()).toEqual(['payment generation-requests settled'])
  expect((await call('/generation-requests', { requests: 'x' })).status).toBe(400)
  expect((await call('/video/generations', { model: 'x' })).status).toBe(404)
})

it('S29, C53: responses go to a relay that speaks them, for the models that do, and are translated for the others', async () => {
  for (const [service, model] of [
    ['openclaw', 'gpt5.4-plus'],
    ['tokenhot', 'gpt-5.4']
  ] as const) {
    const { call, received } = await program(service)
    const { status, body } = await call('/responses', { model, input: 'hello', max_output_tokens: 64 })
    expect([status, body.object]).toEqual([200, 'response'])
    expect(received()).toEqual([`/relays/${service}/v1/responses`])
  }
  const { call, received } = await program('openclaw')
  const claude = { model: 'claude-sonnet-4-6', input: 'hello', max_output_tokens: 64 }
  expect((await call('/responses', claude)).status).toBe(200)
  expect(received()).toEqual(['/relays/openclaw/v1/chat/completions'])
})

it('S30, C54, C55: a chat of TokenHub is sold at the price that was given', async () => {
  const chat = { model: 'openai/gpt-4.1', messages: [{ role: 'user', content: 'Hello!' }] }
  const without = await program('tokenhub')
  expect(await without.call('/chat/completions', chat)).toMatchObject({
    status: 400,
    body: { error: { code: 'price/unknown', message: expect.stringMatching(/openai\/gpt-4\.1.*--price/) } }
  })
  const { call, bought } = await program('tokenhub', {
    prices: { 'openai/gpt-4.1': tokenPrice('2.00', '8.00') }
  })
  expect((await call('/chat/completions', chat)).status).toBe(200)
  expect(await bought()).toEqual(['account openai/gpt-4.1 settled'])
})

it('C13, C42: Messages of TokenHub, which speaks chats alone, stream as they come and are billed once', async () => {
  const { stream, bought } = await program('tokenhub', {
    prices: { 'openai/gpt-4.1': tokenPrice('2.00', '8.00') }
  })
  const messages = [{ role: 'user', content: 'Reply with exactly: as it comes' }]
  const text = await stream('/messages', { model: 'openai/gpt-4.1', max_tokens: 64, messages, stream: true })
  expect(text).toMatch(/^event: message_start\n.*"model":"openai\/gpt-4.1"/)
  const words = [...text.matchAll(/"text_delta","text":"([^"]*)"/g)].map(([, word]) => word)
  expect([words.join(''), words.length > 1]).toEqual(['as it comes', true])
  expect(text).toMatch(/"stop_reason":"end_turn".*event: message_stop\n/s)
  expect(await bought()).toEqual(['account openai/gpt-4.1 settled'])
})
