import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Gateway } from '../../gateway.js'
import { startGateway } from '../../start-gateway.js'
import { imageBody } from '../../testing/katana.js'
import { useStack } from '../../testing/stack.js'
import { call } from '../../testing/wallet.js'

const accounts = [
  { key: 'one', secret: 'a:secret:with:colons', credits: '1000' },
  { key: 'two', secret: 'other', credits: '9' },
  { key: 'three', secret: 'third', credits: '200.0' }
]
const stack = useStack({ katana: { accounts } })
const one = { 'X-API-Key': 'one', 'X-API-Secret': 'a:secret:with:colons' }
const two = { Authorization: 'Bearer two:other' }
const chat = {
  model: 'claude-haiku-4-5',
  messages: [{ role: 'user', content: 'Reply with exactly: one two three' }],
  max_tokens: 16
}
const completions = '/v1/chat/completions'

async function creditsOf(headers: Record<string, string>, gateway: Gateway = stack.gateway): Promise<string> {
  const response = await call(gateway, '/v1/me/balance', undefined, headers)
  return ((await response.json()) as { credits: string }).credits
}

describe('an account', () => {
  it('S59, Katana 147: reports its credits as decimal text with one decimal', async () => {
    expect(await creditsOf({ Authorization: 'Bearer three:third' })).toBe('200.0')
    expect((await call(stack.gateway, '/v1/me/balance')).status).toBe(401)
  })

  it('Katana 20: has a bearer token that is split at its first colon', async () => {
    expect(
      (
        await call(stack.gateway, '/v1/me/balance', undefined, {
          Authorization: 'Bearer one:a:secret:with:colons'
        })
      ).status
    ).toBe(200)
    expect(
      (await call(stack.gateway, '/v1/me/balance', undefined, { Authorization: 'Bearer one:a' })).status
    ).toBe(401)
  })

  it('Katana 77, 79, 80 and 81: is charged what was used of the reserve', async () => {
    const before = Number(await creditsOf(one))
    const response = await call(stack.gateway, completions, chat, one)
    expect(response.headers.get('PAYMENT-RESPONSE')).toBeNull()
    const { usage } = await response.json()
    expect(usage.imgnai).toEqual({
      credits_reserved: '10',
      credits_charged: '0.1',
      credits_refunded: '9.9',
      billing_source: 'credits',
      privacy_mode: 'Anonymized',
      public_model_name: 'claude-haiku-4-5'
    })
    expect(Number(await creditsOf(one))).toBeCloseTo(before - 0.1)
  })

  it('Katana 85: that runs short is stopped before anything starts, and offered nothing', async () => {
    const response = await call(stack.gateway, completions, chat, two)
    expect(response.status).toBe(402)
    expect(response.headers.get('PAYMENT-REQUIRED')).toBeNull()
    expect(await response.json()).toMatchObject({ error: { code: 'insufficient_credits' } })
    expect(await creditsOf(two)).toBe('9.0')
  })

  it('Katana 136 and 137: alone can ask after its jobs', async () => {
    const job = await (
      await call(stack.gateway, '/v1/generation-requests', JSON.parse(imageBody()), one)
    ).json()
    const path = `/v1/generation-requests/${job.request_id}`
    expect((await call(stack.gateway, path, undefined, one)).status).toBe(200)
    expect((await call(stack.gateway, path, undefined, two)).status).toBe(404)
    expect((await call(stack.gateway, path)).status).toBe(401)
  })

  it('Katana 146: gets its credits back for a job that failed', async () => {
    const before = await creditsOf(one)
    stack.gateway.faults.next('job-fails')
    const path = '/v1/generation-requests?wait=true'
    const job = await (await call(stack.gateway, path, JSON.parse(imageBody()), one)).json()
    expect(job).toMatchObject({
      status: 'failed',
      responses: [{ status: 'failed', error: { code: 'generation_timed_out', retryable: true } }]
    })
    await expect.poll(() => creditsOf(one)).toBe(before)
  })

  it('keeps what it has when the gateway is started again on the same file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bursar-gateway-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const katana = { accounts, stateFile: join(folder, 'state.json') }
    const first = await startGateway({ base: stack.chain, katana })
    await call(first, completions, chat, one)
    await first.stop()
    const second = await startGateway({ base: stack.chain, katana })
    onTestFinished(() => second.stop())
    expect(await creditsOf(one, second)).toBe('999.9')
  })
})

describe('a stream', () => {
  const streaming = { ...chat, stream: true, stream_options: { include_usage: true } }
  const eventsOf = async (response: Response): Promise<string[]> =>
    (await response.text()).split('\n\n').filter((event) => event !== '')

  it('Katana 83: names the public model in each chunk, reports the usage in the last, and then ends', async () => {
    const response = await call(stack.gateway, completions, streaming, one)
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const events = await eventsOf(response)
    expect(events.at(-1)).toBe('data: [DONE]')
    const chunks = events.slice(0, -1).map((event) => JSON.parse(event.slice('data: '.length)))
    expect(chunks.every(({ model }) => model === 'claude-haiku-4-5')).toBe(true)
    expect(chunks.map(({ choices }) => choices[0].delta.content ?? '').join('')).toBe('one two three')
    expect(chunks.at(-1).usage.imgnai).toMatchObject({ credits_charged: '0.1', billing_source: 'credits' })
  })

  it('Katana 84: that reports no usage keeps the whole reserve', async () => {
    const before = Number(await creditsOf(one))
    stack.gateway.faults.next('usage-missing')
    const events = await eventsOf(await call(stack.gateway, completions, streaming, one))
    expect(events.join('')).not.toContain('usage')
    expect(Number(await creditsOf(one))).toBeCloseTo(before - 10)
  })
})

describe('an attestation', () => {
  const nonce = 'ab'.repeat(32)
  const attest = (search: Record<string, string>): Promise<Response> =>
    call(stack.gateway, `/v1/text/attestation?${new URLSearchParams(search)}`)

  it('Katana 90 and 91: is given for a private model, and repeats the nonce', async () => {
    expect(await (await attest({ model: 'kimi-k2-6-private', nonce })).json()).toMatchObject({ nonce })
  })

  it('Katana 90: is given for no other model, and for no other nonce than 64 hex digits', async () => {
    expect((await attest({ model: 'grok-4-3', nonce })).status).toBe(400)
    for (const wrong of ['', 'ab', 'z'.repeat(64)]) {
      expect((await attest({ model: 'kimi-k2-6-private', nonce: wrong })).status).toBe(400)
    }
  })
})

it('Katana 92: embeddings are not offered', async () => {
  expect((await call(stack.gateway, '/v1/embeddings', { model: 'x', input: 'y' })).status).toBe(404)
})

it('answers 429 when a fault says so', async () => {
  stack.gateway.faults.next('rate-limited')
  const response = await call(stack.gateway, '/v1/me/balance', undefined, one)
  expect([response.status, response.headers.get('Retry-After')]).toEqual([429, '1'])
})

it('answers with other statuses, and leaves rules out, where the options say so', async () => {
  const katana = {
    accounts,
    statuses: { invalid_credentials: 403, no_such_model: 404 },
    rulesOff: ['audio_ff_only']
  }
  const gateway = await startGateway({ base: stack.chain, katana })
  onTestFinished(() => gateway.stop())
  expect((await call(gateway, '/v1/me/balance')).status).toBe(403)
  expect((await call(gateway, completions, { ...chat, model: 'none' }, one)).status).toBe(404)
  const item = {
    type: 'video',
    model: 'ltx-2-3',
    prompt: 'A mug',
    duration_seconds: 5,
    aspect_ratio: '16:9',
    video_image_data: { audio_input_urls: ['https://example.com/sound.mp3'] }
  }
  const job = await (await call(gateway, '/v1/generation-requests', { requests: [item] }, one)).json()
  expect(job.status).toBe('processing')
  const wrong = { base: stack.chain, katana: { statuses: { expired: 200 } } }
  await expect(startGateway(wrong)).rejects.toThrow('must be from 400 to 599')
})
