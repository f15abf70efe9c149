import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RelaysOptions } from '@bursar/gateway'
import { createTokenhot } from 'bursar/tokenhot'
import OpenAI from 'openai'
import { describe, expect, it, onTestFinished } from 'vitest'
import { FetchOf, relaysUnderLimits } from './relays.js'

const KEY = 'a-token'

async function shop(limits = { payment: '5', day: '100' }, usd?: string, relays: RelaysOptions = {}) {
  const stand = await relaysUnderLimits(KEY, limits, usd, relays)
  const { bursar, gateway } = stand
  const options = { apiKey: KEY, baseUrl: `${gateway.url}/relays/tokenhot` }
  const folder = mkdtempSync(join(tmpdir(), 'bursar-tokenhot-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return { ...stand, folder, options, tokenhot: createTokenhot(bursar, options) }
}

describe('images', () => {
  it('Tokenhot 45, 46, 47 and 48: wan2.6-image takes messages and a size with a star, and answers in output', async () => {
    const { ask } = await shop()
    const path = 'tokenhot/v1/images/generations'
    const content = [{ text: 'an autumn painting' }, { image: 'https://a.example/a.png' }]
    const input = { messages: [{ role: 'user', content }] }
    const parameters = { enable_interleave: true, max_images: 1, size: '1024*1024', stream: true }
    const model = 'wan2.6-image'
    expect(await ask(path, { model, input, parameters })).toMatchObject({
      status: 200,
      body: {
        output: [
          {
            type: 'message',
            content: [{ type: 'text' }, { type: 'image', text: expect.stringMatching(/^http/) }]
          }
        ],
        usage: { total_tokens: 1500 },
        request_id: expect.stringMatching(/^req_/)
      }
    })
    expect((await ask(path, { model, prompt: 'an autumn painting' })).status).toBe(400)
    expect((await ask(path, { model, input, parameters: { size: '1024x1024' } })).status).toBe(400)
  })

  it('Tokenhot 49: 400, 401 and 503 are distinguished, and cost nothing', async () => {
    const { bursar, options, ask, entries } = await shop()
    const picture = { model: 'wan2.6-image', prompt: 'a cat' } as const
    const each = { unit: 'call', each: 10_000n } as never
    const prices = { 'wan2.6-image': each, 'gpt-image-9': each }
    const of = (apiKey: string) => createTokenhot(bursar, { ...options, apiKey, prices })
    const refusals = [
      [of('wrong').images.generate(picture), 401],
      [of(KEY).images.generate({ ...picture, model: 'gpt-image-9' }), 503],
      [of(KEY).images.generate({ model: 'gpt-image-2', prompt: 'a cat', size: '0x0' }), 400]
    ] as const
    for (const [refused, status] of refusals)
      await expect(refused).rejects.toMatchObject({
        code: 'service/refused',
        moneyState: 'none',
        context: { status }
      })
    expect((await entries()).map(([, state]) => state)).toEqual(['released', 'released', 'released'])
    expect((await ask('tokenhot/v1/images/generations', {}, null)).status).toBe(401)
  })

  it.each(['json', 'events'] as const)(
    'Tokenhot 47 and 50: the client reads the images of an answer in %s',
    async (wanStream) => {
      const { tokenhot, folder, entries, billed } = await shop(undefined, undefined, { wanStream })
      const item = { model: 'wan2.6-image', prompt: 'a cat', size: '512*512', n: 2, stream: true } as const
      const saved = await (await tokenhot.images.generate(item)).save(folder)
      expect(saved.map(({ mimeType }) => mimeType)).toEqual(['image/png', 'image/png'])
      expect(await entries()).toEqual([['wan2.6-image', 'settled', 60_000n]])
      expect(await billed('tokenhot')).toBe(60_000)
    }
  )

  it('other families: flat, in messages, and by the API of Gemini', async () => {
    const { tokenhot, folder, entries, billed } = await shop()
    const items = [
      { model: 'gpt-image-2', prompt: 'a cat', size: '1024x1024' },
      { model: 'doubao-seedream-5-0-260128', prompt: 'a cat', watermark: false },
      { model: 'qwen-image-max', prompt: 'a cat', size: '1104*1472', negativePrompt: 'blur' },
      { model: 'gemini-3.1-flash-image-preview', prompt: 'a cat', aspectRatio: '16:9' }
    ] as const
    for (const item of items)
      expect(await (await tokenhot.images.generate(item)).save(folder)).toHaveLength(1)
    const costs = (await entries()).map(([, , cost]) => Number(cost))
    expect(costs).toEqual([20_000, 40_000, 50_000, 60_000])
    expect(await billed('tokenhot')).toBe(170_000)
  })
})

it('Tokenhot 48: wan2.6-t2i is asked for its images by n, and makes four by default', async () => {
  const { bursar, options, entries } = await shop()
  const counts: string[] = []
  const spying = async (_: string, { body }: RequestInit): Promise<Response> => {
    counts.push(...(String(body).match(/"n":\d/) ?? []))
    return Response.json({ output: [] }, { status: 400 })
  }
  const prices = { 'wan2.6-t2i': { unit: 'call', each: 10_000n } as never }
  const tokenhot = createTokenhot(bursar, { ...options, prices, fetch: spying })
  const item = { model: 'wan2.6-t2i', prompt: 'a cat' } as const
  await expect(tokenhot.images.generate({ ...item, n: 2 })).rejects.toMatchObject({ code: 'service/refused' })
  const asked = { method: 'POST', body: JSON.stringify(item) }
  await tokenhot.fetch(`${options.baseUrl}/v1/images/generations`, asked)
  // An SDK's call without n is for one, by OpenAI's reference.
  await tokenhot.openai(FetchOf).fetch(`${options.baseUrl}/v1/images/generations`, asked)
  expect((await entries()).map(([, , cost]) => cost)).toEqual([20_000n, 40_000n, 10_000n])
  expect(counts).toEqual(['"n":2', '"n":1'])
})

describe('videos', () => {
  const model = 'happyhorse-1.0-i2v'
  const item = {
    model,
    prompt: 'a horse',
    firstFrame: 'https://a.example/a.png',
    resolution: '720P'
  } as const

  it('Tokenhot 51: a submission is answered with its id, twice, and queued', async () => {
    const { ask } = await shop()
    const media = [{ type: 'first_frame', url: 'https://a.example/a.png' }]
    const parameters = { resolution: '720P', duration: 5, watermark: false }
    const body = { model, input: { prompt: 'a horse', media }, parameters }
    const answer = (await ask('tokenhot/v1/video/generations', body)).body as { id: string; task_id: string }
    expect(answer).toMatchObject({
      object: 'video',
      status: 'queued',
      progress: 0,
      created_at: expect.any(Number)
    })
    expect(answer.id).toBe(answer.task_id)
  })

  it('Tokenhot 53 and 54: the video is there on success, and fetched with the key where the API is', async () => {
    const { tokenhot, folder, gateway, ledger } = await shop()
    const job = await tokenhot.videos.generate(item)
    const [saved] = await job.save(folder)
    expect(saved).toMatchObject({ mimeType: 'video/mp4' })
    const { assets } = await job.result()
    expect((await fetch(assets[0]?.url ?? '')).status).toBe(401)
    expect(assets[0]?.url).toMatch(gateway.url)
    const names: (string | undefined)[] = []
    for await (const { job: named } of ledger.history()) names.push(named)
    expect(names).toEqual([job.requestId])
  })

  it('Tokenhot 53: a video that fails says why', async () => {
    const { tokenhot } = await shop()
    const job = await tokenhot.videos.generate({ ...item, prompt: 'fail' })
    await expect(job.result()).rejects.toMatchObject({
      code: 'job/failed',
      context: { items: [{ reason: 'The prompt asked for a failure' }] }
    })
  })

  it('Tokenhot 54: what lies elsewhere is fetched without the key', async () => {
    const { bursar, options, folder, gateway } = await shop()
    const elsewhere: string[] = []
    const spying = async (url: string, init: RequestInit): Promise<Response> => {
      const key = new Headers(init.headers).get('authorization')
      if (url.startsWith(gateway.url)) {
        const response = await fetch(url, init)
        const text = (await response.text()).replaceAll(`${gateway.url}/relays/files`, 'https://cdn.example')
        return new Response(text, response)
      }
      elsewhere.push(`${url.slice(0, 20)} ${key}`)
      return new Response('')
    }
    const tokenhot = createTokenhot(bursar, { ...options, fetch: spying })
    const job = await tokenhot.images.generate({ model: 'gpt-image-2', prompt: 'a cat' })
    await expect(job.save(folder)).rejects.toMatchObject({ code: 'asset/mismatch' })
    expect(elsewhere).toEqual(['https://cdn.example/ null'])
  })

  it('Tokenhot 52: frames and references exclude each other, here and there', async () => {
    const { bursar, tokenhot, options } = await shop()
    const url = 'https://a.example/a.png'
    const images = [
      { url, role: 'first_frame' },
      { url, role: 'reference_image' }
    ] as const
    const video = { model: 'doubao-seedance-2.0', prompt: 'a horse', duration: 4 } as const
    await expect(tokenhot.videos.generate({ ...video, images })).rejects.toMatchObject({
      code: 'request/invalid'
    })
    await expect(
      createTokenhot(bursar, { ...options, validate: false }).videos.generate({ ...video, images })
    ).rejects.toMatchObject({ code: 'service/refused', context: { serviceCode: 'invalid_request' } })
    await tokenhot.videos.generate({ ...video, images: images.slice(0, 1) })
    await tokenhot.videos.generate({ ...video, model: 'doubao-seedance-2.0-fast', resolution: '480p' })
  })

  it('what the service would reject is rejected before it costs', async () => {
    const { tokenhot, entries } = await shop()
    const wrong = [
      { ...item, firstFrame: undefined },
      { ...item, duration: 2 },
      { ...item, model: 'happyhorse-1.0-t2v' },
      { model: 'happyhorse-1.0-r2v', prompt: 'a horse', references: Array(10).fill('https://a.example') },
      { model: 'doubao-seedance-2.0-fast', prompt: 'a horse', resolution: '1080p' },
      { model: 'MiniMax-Hailuo-02', prompt: 'a horse' }
    ]
    for (const each of wrong)
      await expect(tokenhot.videos.generate(each as never)).rejects.toMatchObject({ code: 'request/invalid' })
    expect(await entries()).toEqual([])
  })
})

it('Tokenhot 55: the list of prices needs no key, and the status tells quota and rate', async () => {
  const { ask, tokenhot } = await shop()
  expect((await ask('tokenhot/api/pricing', undefined, null)).status).toBe(200)
  expect(await ask('tokenhot/api/status', undefined, null)).toMatchObject({
    body: { data: { price: 7, quota_per_unit: 500_000 } }
  })
  expect((await tokenhot.pricing()).get('wan2.6-image')).toEqual({ unit: 'call', each: 30_000n })
})

it('Tokenhot 77: audio files are written down through the OpenAI SDK, and counted', async () => {
  const { tokenhot, entries, billed } = await shop()
  const openai = tokenhot.openai(OpenAI)
  const file = new File([new Uint8Array(1000)], 'speech.wav', { type: 'audio/wav' })
  expect(await openai.audio.transcriptions.create({ file, model: 'whisper-1' })).toMatchObject({
    text: 'Audio of 1000 bytes.'
  })
  await openai.audio.translations.create({ file, model: 'whisper-1' })
  expect(await entries()).toEqual(Array(2).fill(['whisper-1', 'settled', 6000n]))
  expect(await billed('tokenhot')).toBe(12_000)
})

it('Tokenhot 78: chat and responses go through the OpenAI SDK, and a limit of 0.10 USD a day stops the eleventh cent', async () => {
  const { tokenhot, billed } = await shop({ payment: '0.05', day: '0.10' })
  const openai = tokenhot.openai(OpenAI)
  const messages = [{ role: 'user' as const, content: 'Reply with exactly: hello' }]
  for (let cent = 0; cent < 5; cent++) {
    const { choices } = await openai.chat.completions.create({ model: 'claude-opus-4-6', messages })
    expect(choices[0]?.message.content).toBe('hello')
    expect((await openai.responses.create({ model: 'gpt-5.4', input: 'hello' })).output_text).toContain(
      'hello'
    )
  }
  await expect(openai.chat.completions.create({ model: 'claude-opus-4-6', messages })).rejects.toMatchObject({
    status: 402,
    code: 'offer/over-limit'
  })
  expect(await billed('tokenhot')).toBe(100_000)
})
