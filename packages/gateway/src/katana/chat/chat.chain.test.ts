import { type JsonObject, parseUsdc } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { encode, firstOffer } from '../../testing/payer.js'
import { useStack } from '../../testing/stack.js'

const stack = useStack()
const question = [{ role: 'user', content: 'Reply with exactly: text x402 ok' }]

function chat(body: JsonObject, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${stack.gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body)
  })
}

async function buy(body: JsonObject): Promise<Response> {
  const accepted = firstOffer(await chat(body))
  const payload = await stack.payer.authorize(accepted, { times: 'numbers' })
  return chat(body, { 'PAYMENT-SIGNATURE': encode({ x402Version: 2, accepted, payload }) })
}

describe('an unpaid chat', () => {
  it('Katana 4, 77 and 78: is answered 402 with ten credits at least', async () => {
    const response = await chat({ model: 'claude-haiku-4-5', messages: question, max_tokens: 16 })
    expect(response.status).toBe(402)
    expect(firstOffer(response)).toMatchObject({ amount: String(52_000 + 3938) })
  })

  it('Katana 51 and 76: costs the whole allowance, 16000 tokens when none is stated', async () => {
    const silent = firstOffer(await chat({ model: 'grok-4-3', messages: question, max_tokens: null }))
    const stated = firstOffer(
      await chat({ model: 'grok-4-3', messages: question, max_completion_tokens: 16_000 })
    )
    const larger = firstOffer(await chat({ model: 'grok-4-3', messages: question, max_tokens: 200_000 }))
    expect(silent).toEqual(stated)
    // 200000 tokens at 528.9 credits a million are 105.78; 8 tokens of input round it up to 105.8.
    expect(larger).toMatchObject({ extra: { subtotalUsd: '0.550160' } })
  })

  it('Katana 50: with stream is rejected before any price', async () => {
    const response = await chat({ model: 'grok-4-3', messages: question, stream: true })
    expect(response.status).toBe(400)
    expect(response.headers.get('PAYMENT-REQUIRED')).toBeNull()
    expect((await chat({ model: 'grok-4-3', messages: question, stream: false })).status).toBe(402)
  })

  const withPart = (part: JsonObject): JsonObject => ({ messages: [{ role: 'user', content: [part] }] })
  it.each([
    ['an unknown model', { model: 'gpt-9', messages: question }, 'no_such_model'],
    ['no messages', { model: 'grok-4-3' }, 'invalid_request'],
    [
      'Katana 89: more tokens than the model writes',
      { model: 'qwen3-6-flash', messages: question, max_tokens: 65_537 },
      'max_tokens_too_large'
    ],
    [
      'Katana 88: audio for a model without ears',
      { model: 'grok-4-3', ...withPart({ type: 'input_audio', input_audio: {} }) },
      'unsupported_input'
    ],
    [
      'Katana 86: a local path for an image',
      { model: 'grok-4-3', ...withPart({ type: 'image_url', image_url: { url: '/tmp/a.png' } }) },
      'invalid_media'
    ],
    [
      'Katana 86: a file URL for an image',
      { model: 'grok-4-3', ...withPart({ type: 'image_url', image_url: { url: 'file:///a.png' } }) },
      'invalid_media'
    ]
  ])('with %s is rejected before any price', async (_what, body, code) => {
    const response = await chat(body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code } })
  })

  it('Katana 75: may be a bare prompt', async () => {
    expect((await chat({ model: 'grok-4-3', prompt: 'Hello', max_tokens: 9 })).status).toBe(402)
  })
})

describe('a paid chat', () => {
  it('Katana 82: answers in OpenAI’s shape, with what was paid and no credit reserve', async () => {
    const response = await buy({ model: 'claude-haiku-4-5', messages: question, max_tokens: 16 })
    expect(response.status).toBe(200)
    const completion = await response.json()
    expect(completion).toMatchObject({
      object: 'chat.completion',
      model: 'claude-haiku-4-5',
      choices: [{ index: 0, message: { role: 'assistant', content: 'text x402 ok' }, finish_reason: 'stop' }],
      usage: { imgnai: { paid_usdc: '0.055938', billing_source: 'x402' } }
    })
    expect(Object.keys(completion.usage.imgnai).filter((key) => key.startsWith('credits'))).toEqual([])
    expect(parseUsdc(completion.usage.imgnai.paid_usdc)).toBe(55_938n)
  })

  it('stops at the stated number of tokens', async () => {
    const response = await buy({ model: 'grok-4-3', messages: question, max_tokens: 1 })
    expect(await response.json()).toMatchObject({
      choices: [{ message: { content: 'text' }, finish_reason: 'length' }],
      usage: { completion_tokens: 1 }
    })
  })
})
