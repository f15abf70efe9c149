import { parseUsdc } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { limitedMeter } from '../../../test/meter.js'
import { answer, completed, envelope, serve } from '../../../test/service.js'
import { tokenPrice } from '../../shared/metering/price.js'
import type { ChatBody } from '../chat-body.js'
import { createKatanaClient } from '../create-katana-client.js'
import type { KatanaClientOptions } from '../katana-client-options.js'

const completion = { choices: [{ message: { role: 'assistant', content: 'Yes.' } }] }
const image = { model: 'gen', prompt: 'x', aspectRatio: '1:1' } as const

/** Katana with a key, under a limit of one payment. */
async function open(limit: string, options: KatanaClientOptions = {}) {
  const meter = limitedMeter(limit)
  const { url, arrivals } = await serve(({ path }, response) =>
    answer(
      response,
      path.includes('chat') ? completion : envelope('completed', [completed('https://a.example')])
    )
  )
  const katana = createKatanaClient({ baseUrl: url, apiKey: 'key:hush', meter, ...options })
  const ask = (body: Partial<ChatBody>) =>
    katana.chat.completions.create({
      model: 'grok-4-3',
      max_tokens: 16,
      messages: [{ role: 'user', content: 'Hi' }],
      ...body,
      stream: false
    })
  const held = () => meter.calls.map((call) => call.held)
  return { katana, ask, held, meter, arrivals }
}

const overLimit = { code: 'offer/over-limit', moneyState: 'none' }
const unknown = { code: 'price/unknown', moneyState: 'none' }

describe('what is held before a chat that is billed to a key', () => {
  it('S1, M36: is a token for each byte, so that long text is above the limit, and nothing is sent', async () => {
    const { ask, arrivals } = await open('0.20')
    await expect(ask({ messages: [{ role: 'user', content: '汉'.repeat(400_000) }] })).rejects.toMatchObject(
      overLimit
    )
    expect(arrivals).toEqual([])
  })

  it('M37: counts every choice', async () => {
    const { ask, held, arrivals } = await open('1000')
    await ask({ model: 'gpt-5-5', max_tokens: 4000 })
    await ask({ model: 'gpt-5-5', max_tokens: 4000, n: 8 })
    expect(held()[1]).toBeGreaterThanOrEqual(1_056_120n)
    const small = await open('0.20')
    await expect(small.ask({ model: 'gpt-5-5', max_tokens: 4000, n: 8 })).rejects.toMatchObject(overLimit)
    expect([arrivals.length, small.arrivals]).toEqual([2, []])
  })

  it('M37: counts tools', async () => {
    const { ask, arrivals } = await open('0.20')
    const tools = [{ type: 'function', function: { name: 'f', description: 'x'.repeat(400_000) } }]
    await expect(ask({ model: 'gpt-5-5', tools })).rejects.toMatchObject(overLimit)
    expect(arrivals).toEqual([])
  })

  it('M37: counts input at the price of writing a cache, where that is higher', async () => {
    const { ask, held } = await open('1000')
    await ask({ model: 'qwen3-6-max-preview', messages: [{ role: 'user', content: 'x'.repeat(200_000) }] })
    // 275 credits a million tokens to write, 220 to read afresh, at 0.0052 USD.
    expect(held()[0]).toBeGreaterThan(BigInt(200_000 * 275 * 0.0052))
  })

  it.each([
    ['grok-4-3', 200_000],
    ['qwen3-6-flash', 256_000]
  ])(
    'S2, M37, Katana 160: %s above %i tokens has no price, and is not sent without one of the caller’s',
    async (model, step) => {
      const messages = [{ role: 'user' as const, content: 'x'.repeat(step) }]
      const { ask, arrivals, katana } = await open('1000')
      await expect(ask({ model, messages })).rejects.toMatchObject(unknown)
      expect(arrivals).toEqual([])
      await ask({ model, messages: [{ role: 'user', content: 'x'.repeat(step - 5000) }] })
      const prices = { [model]: tokenPrice('5', '10') }
      const informed = await open('1000', { prices })
      await informed.ask({ model, messages })
      expect(informed.held()[0]).toBeGreaterThan(BigInt(step * 5))
      const estimate = katana.estimate({ model, messages: [{ role: 'user', content: 'x'.repeat(step * 4) }] })
      expect(estimate?.basis).toBe('assumed')
    }
  )

  it('rejects fields that Katana may take for others', async () => {
    const { ask, arrivals } = await open('1000')
    for (const more of [{ Model: 'gpt-5-5' }, { Max_Tokens: 900_000 }, { maxTokens: 900_000 }])
      await expect(ask(more)).rejects.toMatchObject({ code: 'request/invalid', moneyState: 'none' })
    expect(arrivals).toEqual([])
  })

  it('rejects what Katana would run for a fee of its own', async () => {
    const { ask, arrivals } = await open('1000')
    await expect(ask({ tools: [{ type: 'web_search' }] })).rejects.toMatchObject(unknown)
    await expect(ask({ web_search_options: {} })).rejects.toMatchObject(unknown)
    expect(arrivals).toEqual([])
  })

  it('Katana 76: sends the limit that is assumed where the caller sets none', async () => {
    const { ask, arrivals } = await open('1000')
    await ask({ max_tokens: null })
    await ask({ model: 'gpt-5-5', max_tokens: null, max_completion_tokens: 5 })
    expect(arrivals.map(({ json }) => json.max_tokens)).toEqual([16_000, null])
  })
})

describe('what is held before images and videos that are billed to a key', () => {
  it('S3, M37: UHD and fast have no printed price, so that nothing is sent', async () => {
    const { katana, arrivals } = await open('0.02')
    await expect(katana.images.generate({ ...image, isUhd: true })).rejects.toMatchObject(unknown)
    await expect(katana.images.generate({ ...image, isFast: true })).rejects.toMatchObject(unknown)
    await expect(katana.images.generate([image, { ...image, isUhd: true }])).rejects.toMatchObject(overLimit)
    expect(arrivals).toEqual([])
    await katana.images.generate(image)
    expect(arrivals).toHaveLength(1)
  })

  it('S3: a price of the caller’s is held for each image', async () => {
    const prices = { gen: { unit: 'image', each: parseUsdc('0.04') } } as const
    const { katana, held } = await open('1', { prices })
    await katana.images.generate([{ ...image, isUhd: true }, image])
    expect(held()).toEqual([80_000n])
  })

  it('Katana 127: audio that drives the length of a video is held at the highest price', async () => {
    const { katana, held } = await open('1000')
    const video = { model: 'ltx-2-3', prompt: 'x', aspectRatio: '1:1', durationSeconds: 5 } as const
    const url = 'https://a.example/a'
    await katana.videos.generate(video)
    await katana.videos.generate({ ...video, firstFrame: url, audio: [url] })
    expect(held()[1]).toBeGreaterThan(held()[0] ?? 0n)
    expect(held()[1]).toBe(416_000n)
  })
})
