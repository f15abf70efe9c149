import { createTokenhot } from 'bursar/tokenhot'
import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import { relaysUnderLimits } from './relays.js'

const KEY = 'a-token'
/** One pixel. */
const png = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64'
  )
)

async function shop() {
  const stand = await relaysUnderLimits(KEY, { payment: '5', day: '100' })
  const options = { apiKey: KEY, baseUrl: `${stand.gateway.url}/relays/tokenhot` }
  return { ...stand, tokenhot: createTokenhot(stand.bursar, options) }
}

/** The names of Tokenhot's page, as it groups them. */
const pageNames = [
  ...['doubao-seedream-4-0-250828', 'doubao-seedream-4-5-251128', 'doubao-seedream-5-0-260128'],
  ...['gpt-image-1.5', 'gpt-image-2'],
  ...['gemini-2.5-flash-image', 'gemini-3-pro-image-preview', 'gemini-3.1-flash-image-preview'],
  ...['qwen-image-edit-max-2026-01-16', 'qwen-image-max', 'qwen-image-plus-2026-01-09'],
  ...['dall-e-2', 'dall-e-3', 'wan2.6-image', 'wan2.6-t2i'],
  ...['doubao-seedance-1-5-pro-251215', 'doubao-seedance-2.0', 'doubao-seedance-2.0-V2V'],
  ...['doubao-seedance-2.0-fast', 'doubao-seedance-2.0-fast-V2V'],
  ...['MiniMax-Hailuo-02', 'MiniMax-Hailuo-2.3', 'MiniMax-Hailuo-2.3-Fast'],
  ...['happyhorse-1.0-i2v', 'happyhorse-1.0-r2v', 'happyhorse-1.0-t2v', 'happyhorse-1.0-video-edit'],
  ...['gemini-2.5-flash-preview-tts', 'gemini-2.5-pro-preview-tts', 'whisper-1'],
  ...['claude-opus-4-6', 'claude-opus-4-6-cc', 'claude-sonnet-4-5-20250929', 'gpt-5', 'gpt-5.2', 'gpt-5.4'],
  ...['gemini-2.5-flash', 'gemini-2.5-pro', 'gemini-3-flash-preview', 'gemini-3.1-pro'],
  ...['gemini-3.1-pro-preview', 'grok-4.1']
]

it('S37, Tokenhot 75: the local stack serves every name of Tokenhot’s page, each with a price', async () => {
  const { tokenhot } = await shop()
  const listed = await tokenhot.models.list()
  expect(pageNames).toHaveLength(42)
  expect([...listed].sort()).toEqual([...pageNames].sort())
  expect([...(await tokenhot.pricing()).keys()].sort()).toEqual([...pageNames].sort())
})

describe('S35, Tokenhot 75: a video whose requests are documented nowhere', () => {
  const undocumented = pageNames.filter((name) => /Hailuo|-V2V$|-video-edit$/.test(name))

  it('is rejected in words that say so, and name the way', async () => {
    const { tokenhot, entries } = await shop()
    for (const model of undocumented)
      await expect(tokenhot.videos.generate({ model, prompt: 'A wave' } as never)).rejects.toThrow(
        /is not known to make this\. Allowed: a model whose requests are documented; .*\{ model, raw \}/
      )
    expect([undocumented.length, await entries()]).toEqual([6, []])
  })

  it('goes as the caller gives it: priced, recorded, and polled as a job', async () => {
    const { tokenhot, gateway, entries } = await shop()
    for (const model of undocumented) {
      const job = await tokenhot.videos.generate({ model, raw: { prompt: 'A wave', duration: 6, own: [1] } })
      expect((await job.result()).assets).toMatchObject([{ kind: 'video' }])
    }
    expect((await entries()).map(([model, state]) => `${model} ${state}`).sort()).toEqual(
      undocumented.map((model) => `${model} settled`).sort()
    )
    const posts = gateway.requests.filter(({ method, path }) => method === 'POST' && /video/.test(path))
    expect(posts).toHaveLength(6)
  })

  it('of a model that the price list does not know is not sent', async () => {
    const { tokenhot, gateway } = await shop()
    const unlisted = tokenhot.videos.generate({ model: 'a-new-one', raw: { prompt: 'A wave' } })
    await expect(unlisted).rejects.toMatchObject({ code: 'price/unknown', moneyState: 'none' })
    expect(gateway.requests.filter(({ method }) => method === 'POST')).toEqual([])
  })
})

it('images by a body of the caller’s own are read as any of the service’s', async () => {
  const { tokenhot } = await shop()
  const job = await tokenhot.images.generate({ model: 'dall-e-3', raw: { prompt: 'A mug', style: 'vivid' } })
  expect((await job.result()).assets).toHaveLength(1)
})

it('S34, Tokenhot 76: GPT Image edits files, by the typed client', async () => {
  const { tokenhot, entries } = await shop()
  for (const model of ['gpt-image-1.5', 'gpt-image-2'] as const) {
    const job = await tokenhot.images.edit({ model, prompt: 'A hat', images: [png], size: '1024x1024' })
    expect((await job.result()).assets).toHaveLength(1)
  }
  expect((await entries()).map(([model]) => model).sort()).toEqual(['gpt-image-1.5', 'gpt-image-2'])
  await expect(
    tokenhot.images.edit({ model: 'gpt-image-2', prompt: 'A hat', images: [] })
  ).rejects.toMatchObject({ code: 'request/invalid' })
})

it('S36, Tokenhot 77: Gemini’s speech goes through the SDK, and is recorded', async () => {
  const { tokenhot, entries } = await shop()
  const openai = tokenhot.openai(OpenAI)
  for (const model of ['gemini-2.5-flash-preview-tts', 'gemini-2.5-pro-preview-tts']) {
    const speech = await openai.audio.speech.create({ model, voice: 'Kore', input: 'Hello' })
    expect(
      Buffer.from(await speech.arrayBuffer())
        .subarray(0, 4)
        .toString()
    ).toBe('RIFF')
  }
  expect((await entries()).map(([, state]) => state)).toEqual(['settled', 'settled'])
})

it('S32: a rejection inside an SDK is the SDK’s own error, with the code and the words', async () => {
  const { tokenhot } = await shop()
  const asked = tokenhot.openai(OpenAI).chat.completions.create({
    model: 'a-new-one',
    messages: [{ role: 'user', content: 'Hi' }]
  })
  await expect(asked).rejects.toMatchObject({ status: 400, code: 'price/unknown' })
  await expect(asked).rejects.toThrow(/The price of a-new-one at tokenhot is not known.*Give it in `prices`/)
})
