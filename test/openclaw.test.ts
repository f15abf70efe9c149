import { readFileSync } from 'node:fs'
import { createOpenClaw, tokenPrice } from 'bursar/openclaw'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { shop, wide } from './openclaw-shop.js'

describe('the client', () => {
  it('OpenClaw 8, 14, 23 and 24: has images of each family made and saved, one of Wan by default', async () => {
    const { openclaw, entries, billed, folder } = await shop()
    const items = [
      { model: 'wan2.6-t2i', prompt: 'a cat', size: '1472*1104' },
      { model: 'gpt-image-2', prompt: 'a cat', size: '2048x1152' },
      { model: 'gpt-image-1-vvip', prompt: 'a cat', responseFormat: 'b64_json' },
      { model: 'gemini-3.1-flash-image', prompt: 'a cat', imageSize: '512', aspectRatio: '16:9' },
      { model: 'wan2.7-image', prompt: 'a cat' },
      { model: 'doubao-seedream-5-0-260128', prompt: 'a cat', size: '2K' }
    ] as const
    const sizes: (readonly [number, number | undefined, number | undefined])[] = []
    for (const item of items) {
      const job = await openclaw.images.generate(item)
      expect(job.moneyState).toBe('settled')
      const saved = await job.save(folder)
      const { width, height } = await sharp(readFileSync(saved[0]?.path ?? '')).metadata()
      sizes.push([saved.length, width, height])
    }
    expect(sizes).toEqual([
      [1, 1472, 1104],
      [1, 2048, 1152],
      [1, 1024, 1024],
      [1, 704, 384],
      [4, 1024, 1024],
      [1, 2048, 2048]
    ])
    const all = await entries()
    expect(all.reduce((sum, [, , cost]) => sum + Number(cost), 0)).toBe(await billed('openclaw'))
  })

  it('OpenClaw 17: changes images, several at once, with a mask', async () => {
    const { openclaw } = await shop()
    const image = await sharp({ create: { width: 64, height: 64, channels: 4, background: '#0f08' } })
      .png()
      .toBuffer()
    const bytes = new Uint8Array(image)
    const item = {
      model: 'gpt-image-1.5-vvip',
      prompt: 'A crown',
      images: [bytes, bytes],
      mask: bytes
    } as const
    expect((await (await openclaw.images.edit(item)).result()).assets).toHaveLength(1)
    const png = (side: number, channels: 3 | 4) =>
      sharp({ create: { width: side, height: side, channels, background: '#0f0' } })
        .png()
        .toBuffer()
    const wrong = [await png(32, 4), await png(64, 3), Buffer.from('mask'), Buffer.alloc(50 * 1024 * 1024)]
    for (const mask of wrong)
      await expect(openclaw.images.edit({ ...item, mask: new Uint8Array(mask) })).rejects.toMatchObject({
        code: 'request/invalid',
        context: { violations: [{ field: 'mask' }] }
      })
  })

  it('OpenClaw 25, 26, 27 and 36: has videos made, resumes them by their id, and finds them in the ledger', async () => {
    const { bursar, openclaw, options, entries, folder, ledger } = await shop()
    const item = {
      model: 'wan2.6-i2v-flash',
      prompt: 'a cat',
      firstFrame: 'https://a.example/a.png'
    } as const
    const job = await openclaw.videos.generate({ ...item, audio: true, duration: 5 })
    const states: string[] = []
    for await (const { status } of job) states.push(status)
    expect([...new Set(states)]).toEqual(['queued', 'in_progress', 'completed'])
    const [saved] = await createOpenClaw(bursar, options).jobs.resume(job.requestId).save(folder)
    expect(saved).toMatchObject({ mimeType: 'video/mp4' })
    expect(await entries()).toEqual([['wan2.6-i2v-flash', 'settled', 145_000n]])
    const found = []
    for await (const purchase of ledger.history({ job: job.requestId })) found.push(purchase)
    expect(found).toHaveLength(1)
  })

  it('OpenClaw 26 and 29: says why a video failed, and takes no failure for a URL', async () => {
    const { openclaw } = await shop()
    const job = await openclaw.videos.generate({ model: 'wan2.6-t2v', prompt: 'fail, please' })
    await expect(job.result()).rejects.toMatchObject({
      code: 'job/failed',
      context: { items: [{ reason: 'The prompt asked for a failure' }] }
    })
    expect(job.state.items[0]?.assets).toEqual([])
  })

  it('OpenClaw 6, 7, 9, 10, 11, 12, 13, 15, 16, 19, 22, 32, 33, 34, 35 and 38: rejects what the service would, before it costs', async () => {
    const { openclaw, entries } = await shop()
    const t2i = { model: 'wan2.6-t2i', prompt: 'x' } as const
    const gpt = { model: 'gpt-image-1.5-vvip', prompt: 'x' } as const
    const second = { model: 'gpt-image-2', prompt: 'x' } as const
    const gemini = { model: 'gemini-3.1-flash-image', prompt: 'x' } as const
    const images = [
      { ...t2i, size: '1280x1280' },
      { ...t2i, size: '1024*1024' },
      { ...t2i, n: 5 },
      { ...t2i, seed: -1 },
      { ...t2i, prompt: 'x'.repeat(2101) },
      { ...t2i, negativePrompt: 'x'.repeat(501) },
      { ...gpt, size: '1024*1024' },
      { ...gpt, size: '2048x2048' },
      { ...gpt, n: 11 },
      { ...second, n: 2 },
      { ...second, size: '3840x1264' },
      { ...gpt, background: 'transparent', outputFormat: 'jpeg' },
      { ...gpt, prompt: 'x'.repeat(32_001) },
      { ...gpt, quality: 'best' },
      { ...gpt, outputCompression: 101 },
      { ...gemini, imageSize: '2k' },
      { ...gemini, aspectRatio: '7:3' },
      { ...gemini, images: Array(15).fill('data:image/png;base64,AAAA') }
    ]
    const t2v = { model: 'wan2.6-t2v', prompt: 'x' } as const
    const i2v = { model: 'wan2.6-i2v', prompt: 'x', firstFrame: 'https://a.example/a.png' } as const
    const videos = [
      { ...t2v, resolution: '720p' },
      { ...t2v, duration: 16 },
      { ...t2v, audio: true },
      { ...t2v, audioUrl: 'https://a.example/a.mp3' },
      { ...t2v, firstFrame: 'https://a.example/a.png' },
      { ...i2v, firstFrame: undefined },
      { ...i2v, audio: true },
      { ...i2v, shotType: 'multi', promptExtend: false }
    ]
    const refused = { code: 'request/invalid', moneyState: 'none' }
    for (const item of images)
      await expect(openclaw.images.generate(item as never)).rejects.toMatchObject(refused)
    for (const item of videos)
      await expect(openclaw.videos.generate(item as never)).rejects.toMatchObject(refused)
    expect(await entries()).toEqual([])
  })

  it('OpenClaw 20: draws on in a conversation', async () => {
    const { openclaw } = await shop()
    const model = 'gemini-3.1-flash-image'
    const first = await (await openclaw.images.generate({ model, prompt: 'a red house' })).result()
    const answer = `![image](${first.assets[0]?.url})`
    const history = [{ prompt: 'a red house', answer }]
    const second = await (await openclaw.images.generate({ model, prompt: 'a blue sky', history })).result()
    expect(second.assets).toHaveLength(1)
  })

  it('OpenClaw 5, 41 and 42: tells prices, models and what is left', async () => {
    const { openclaw } = await shop(wide, '1')
    await openclaw.images.generate({ model: 'wan2.6-t2i', prompt: 'a cat', n: 2 })
    expect(await openclaw.balance()).toEqual({ usedUsd: '0.040000', remainingUsd: '0.960000' })
    expect(await openclaw.models.list()).toContain('claude-opus-4-7')
    const prices = await openclaw.pricing()
    expect(prices.get('claude-opus-4-7')).toEqual(
      tokenPrice('0.90', '4.50', { read: '0.09', write: '1.125' })
    )
    expect(prices.get('gpt-image-2')).toEqual({ unit: 'call', each: 10_000n })
    expect(await openclaw.estimate({ model: 'wan2.6-t2i', prompt: 'a cat', n: 4 })).toBe(80_000n)
    const unbounded = await shop()
    expect(await unbounded.openclaw.balance()).toEqual({ usedUsd: '0.000000' })
  })
})
