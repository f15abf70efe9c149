import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseUsdc } from 'bursar'
import { createTokenHub, type Price } from 'bursar/tokenhub'
import OpenAI from 'openai'
import { describe, expect, it, onTestFinished } from 'vitest'
import { FetchOf, relaysUnderLimits } from './relays.js'

const KEY = 'th-local'
const each = (unit: 'call' | 'image' | 'second', usd: string): Price => ({ unit, each: parseUsdc(usd) })
const prices = {
  'openai/gpt-4.1': each('call', '0.01'),
  'openai/gpt-5.4': each('call', '0.01'),
  'anthropic/claude-sonnet-4-6': each('call', '0.01'),
  'google/gemini-2.5-pro': each('call', '0.01'),
  'bytedance/doubao-seedream-5.0': each('image', '0.03'),
  'bytedance/doubao-seedance-2.0': each('second', '0.10')
}

async function shop(limits = { payment: '10', day: '100' }, usd?: string) {
  const stand = await relaysUnderLimits(KEY, limits, usd)
  const { bursar, gateway } = stand
  const options = { apiKey: KEY, baseUrl: `${gateway.url}/relays/tokenhub`, prices }
  const folder = mkdtempSync(join(tmpdir(), 'bursar-tokenhub-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return { ...stand, folder, options, tokenhub: createTokenHub(bursar, options) }
}

const url = 'https://a.example/a.png'
const seedance = { model: 'bytedance/doubao-seedance-2.0', prompt: 'a golden retriever' } as const

describe('the examples of the documentation, in English and in Chinese the same', () => {
  it('TokenHub 56, 57 and 81: chat through the OpenAI SDK, whole and streamed, with a key that begins with th-', async () => {
    const { bursar, tokenhub, gateway, entries, options } = await shop()
    const openai = tokenhub.openai(OpenAI)
    const messages = [{ role: 'user' as const, content: 'Reply with exactly: hello' }]
    for (const model of ['openai/gpt-4.1', 'openai/gpt-5.4', 'anthropic/claude-sonnet-4-6']) {
      const asked = { model, messages, temperature: 0.7, max_tokens: 1000 }
      expect((await openai.chat.completions.create(asked)).choices[0]?.message.content).toBe('hello')
    }
    let text = ''
    const stream = await openai.chat.completions.create({
      model: 'google/gemini-2.5-pro',
      messages,
      stream: true
    })
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
    expect(text).toBe('hello')
    expect(gateway.requests.every(({ path }) => path.startsWith('/relays/tokenhub/api/v1/'))).toBe(true)
    expect(await entries()).toHaveLength(4)
    expect(() => createTokenHub(bursar, { ...options, apiKey: 'sk-other' })).toThrow(/th-/)
  })

  it('TokenHub 57: short forms of a model are taken', async () => {
    const { ask } = await shop()
    const body = { model: 'gpt-4.1', messages: [{ role: 'user', content: 'hello' }] }
    expect((await ask('tokenhub/api/v1/chat/completions', body)).status).toBe(200)
    expect((await ask('tokenhub/api/v1/chat/completions', body, 'sk-other')).status).toBe(401)
  })

  it('TokenHub 58 and 59: a video is queued, runs, and succeeds with its URL', async () => {
    const { tokenhub, folder, ask, pass } = await shop()
    const video = { ...seedance, duration: 5, resolution: '720p', aspect_ratio: '16:9' }
    const task = (await ask('tokenhub/api/v1/videos/generations', video)).body as { id: string }
    expect(task).toMatchObject({
      id: expect.stringMatching(/^tsk-/),
      object: 'video.generation.task',
      status: 'queued'
    })
    pass(31_000)
    const asked = `tokenhub/api/v1/videos/generations/${task.id}`
    expect((await ask(asked)).body).toMatchObject({ status: 'running', data: [] })
    pass(30_000)
    expect((await ask(asked)).body).toMatchObject({
      status: 'succeeded',
      data: [{ video_url: expect.any(String) }]
    })
    const job = await tokenhub.videos.generate({
      ...seedance,
      duration: 5,
      resolution: '720p',
      aspectRatio: '16:9'
    })
    const states: string[] = []
    for await (const { status } of job) states.push(status)
    expect([...new Set(states)]).toEqual(['queued', 'running', 'completed'])
    expect(await job.save(folder)).toMatchObject([{ mimeType: 'video/mp4' }])
    const failing = await tokenhub.videos.generate({ ...seedance, prompt: 'fail' })
    await expect(failing.result()).rejects.toMatchObject({ code: 'job/failed' })
  })

  it('TokenHub 60, 61 and 63: first and last frame, one of each, and three videos at most', async () => {
    const { bursar, tokenhub, options } = await shop()
    const careless = createTokenHub(bursar, { ...options, validate: false })
    const many = (role: string, count: number) => ({ ...seedance, content: Array(count).fill({ url, role }) })
    const good = {
      ...seedance,
      content: [
        { url, role: 'first_frame' as const },
        { url, role: 'last_frame' as const }
      ]
    }
    await tokenhub.videos.generate({ ...good, duration: 5, resolution: '720p' })
    const wrong = [
      many('first_frame', 2),
      many('last_frame', 2),
      many('reference_video', 4),
      { ...seedance, duration: 3 },
      { ...seedance, duration: 16 },
      { ...seedance, resolution: '1080p' }
    ]
    for (const item of wrong) {
      await expect(tokenhub.videos.generate(item as never)).rejects.toMatchObject({ code: 'request/invalid' })
      await expect(careless.videos.generate(item as never)).rejects.toMatchObject({
        code: 'service/refused',
        context: { status: 400, serviceCode: 'invalid_request' }
      })
    }
  })

  it('TokenHub 63: duration and resolution have defaults', async () => {
    const { tokenhub, entries } = await shop()
    await tokenhub.videos.generate(seedance)
    expect(await entries()).toEqual([['bytedance/doubao-seedance-2.0', 'settled', 500_000n]])
  })

  it('TokenHub 62 and 66: images have a size with an x, one by default, and a format', async () => {
    const { tokenhub, folder, ask } = await shop()
    const item = { model: 'bytedance/doubao-seedream-5.0', prompt: 'a lake', size: '2048x2048' }
    expect(await (await tokenhub.images.generate(item)).save(folder)).toHaveLength(1)
    const webp = await tokenhub.images.generate({ ...item, size: '512x512', n: 2, format: 'webp' })
    expect((await webp.save(folder)).map(({ mimeType }) => mimeType)).toEqual(['image/webp', 'image/webp'])
    const path = 'tokenhub/api/v1/images/generations'
    expect((await ask(path, { ...item, size: '2048*2048' })).status).toBe(400)
    expect((await ask(path, { ...item, output_format: 'png' })).status).toBe(400)
    await expect(tokenhub.images.generate({ ...item, size: '2048*2048' })).rejects.toMatchObject({
      code: 'request/invalid'
    })
  })

  it('images are changed by URL and by file', async () => {
    const { tokenhub } = await shop()
    const item = { model: 'openai/gpt-image-2', prompt: 'a crown', size: '1024x1024' }
    const blob = new Blob(['x'], { type: 'image/png' })
    for (const images of [[url], [blob]] as const)
      expect((await (await tokenhub.images.edit({ ...item, images })).result()).assets).toHaveLength(1)
  })
})

describe('what it costs', () => {
  it('TokenHub 64: Kling by the second, std and pro, from three seconds on', async () => {
    const { tokenhub, entries } = await shop()
    await tokenhub.videos.generate({ model: 'kwaivgi/kling-v3-std', prompt: 'a cat', duration: 3 })
    await tokenhub.videos.generate({ model: 'kwaivgi/kling-v3-pro', prompt: 'a cat' })
    expect((await entries()).map(([, , cost]) => cost)).toEqual([504_000n, 1_120_000n])
    await expect(
      tokenhub.videos.generate({ model: 'kwaivgi/kling-v3-std', prompt: 'a cat', duration: 2 })
    ).rejects.toMatchObject({ code: 'request/invalid' })
  })

  it('TokenHub 64: seconds told as text count, and videos that are shown count by the most they can be', async () => {
    const { options, entries, tokenhub } = await shop()
    const { fetch } = tokenhub.openai(FetchOf)
    const kling = { model: 'kwaivgi/kling-v3-std', prompt: 'a cat' }
    const videos = [
      { ...kling, duration: '4' },
      { ...kling, duration: 4, content: [{ url, role: 'reference_video' }] },
      { ...kling, duration: 4, content: [{ url, role: 'reference_video' }], input_video_duration: 6 }
    ]
    for (const video of videos) {
      const target = `${options.baseUrl}/api/v1/videos/generations`
      await fetch(new Request(target, { method: 'post', body: JSON.stringify(video) }))
    }
    expect((await entries()).map(([, , cost]) => Number(cost) / 168_000)).toEqual([4, 19, 10])
  })

  it('TokenHub 64: no price is printed for Kling with audio, so that it is not asked', async () => {
    const { tokenhub, gateway } = await shop()
    const { fetch } = tokenhub
    const body = JSON.stringify({ model: 'kwaivgi/kling-v3-std', prompt: 'a cat', sound: true })
    const target = `${gateway.url}/relays/tokenhub/api/v1/videos/generations`
    await expect(fetch(target, { method: 'POST', body })).rejects.toMatchObject({ code: 'price/unknown' })
    expect(gateway.requests).toEqual([])
  })

  it('TokenHub 65: GPT Image 2 by the longer side, times n; calls that fail are free', async () => {
    const { tokenhub, entries } = await shop(undefined, '5')
    const item = { model: 'openai/gpt-image-2', prompt: 'a cat' }
    for (const size of ['1536x1024', '2048x1024', '2064x1024'])
      await tokenhub.images.generate({ ...item, size })
    await tokenhub.images.generate({ ...item, size: '1024x1024', n: 3 })
    await expect(tokenhub.images.generate({ ...item, size: '0000x00' })).rejects.toMatchObject({
      code: 'service/refused',
      moneyState: 'none'
    })
    expect((await entries()).map(([, state, cost]) => [state, Number(cost) / 1e6])).toEqual([
      ['settled', 0.125],
      ['settled', 0.25],
      ['settled', 0.5],
      ['settled', 0.375],
      ['released', 0.125]
    ])
  })

  it('an empty account is reported as such, and free', async () => {
    const { tokenhub, entries } = await shop(undefined, '0')
    await expect(tokenhub.videos.generate(seedance)).rejects.toMatchObject({
      code: 'service/refused',
      moneyState: 'none',
      context: { status: 402, serviceCode: 'insufficient_credits' }
    })
    expect((await entries())[0]?.[1]).toBe('released')
  })

  it('a limit of 0.10 USD a day stops the eleventh cent', async () => {
    const { tokenhub, entries } = await shop({ payment: '0.05', day: '0.10' })
    const openai = tokenhub.openai(OpenAI)
    const asked = { model: 'openai/gpt-4.1', messages: [{ role: 'user' as const, content: 'hello' }] }
    for (let cent = 0; cent < 10; cent++) await openai.chat.completions.create(asked)
    await expect(openai.chat.completions.create(asked)).rejects.toMatchObject({
      status: 402,
      code: 'offer/over-limit',
      error: { context: { limit: 'day' } }
    })
    expect(await entries()).toHaveLength(10)
  })

  it('a key that the service repeats in its error is not repeated', async () => {
    const { bursar, options } = await shop()
    const answer = { error: { message: `Incorrect API key provided: ${KEY}`, code: `bad ${KEY}` } }
    const refusing = async (): Promise<Response> => Response.json(answer, { status: 401 })
    const refused = await createTokenHub(bursar, { ...options, fetch: refusing })
      .videos.generate(seedance)
      .catch(String)
    expect(refused).toContain('Incorrect API key')
    expect(refused).not.toContain(KEY)
  })

  it('models without a price are not asked, and there is neither a price list nor a balance to ask for', async () => {
    const { bursar, options, gateway } = await shop()
    const tokenhub = createTokenHub(bursar, { ...options, prices: {} })
    await expect(tokenhub.videos.generate(seedance)).rejects.toMatchObject({ code: 'price/unknown' })
    await expect(tokenhub.pricing()).rejects.toThrow(/no prices/)
    await expect(tokenhub.balance()).rejects.toThrow(/no balance/)
    expect(gateway.requests).toEqual([])
    expect(await tokenhub.models.list()).toContain('openai/gpt-4.1')
  })
})
