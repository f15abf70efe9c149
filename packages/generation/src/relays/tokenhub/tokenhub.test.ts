import { describe, expect, it } from 'vitest'
import { pricedForm, pricedJson } from '../../shared/metering/priced-request.js'
import { image, imageEdit, type TokenHubEdit } from './images.js'
import { tokenhubPricing } from './pricing.js'
import { type TokenHubVideo, video } from './videos.js'

const fieldsOf = (violations: readonly { readonly field: string }[]): string[] =>
  violations.map(({ field }) => field)
/** By what the pages print, since nothing else is known. */
const costOf = async (path: string, body: object): Promise<bigint | undefined> =>
  (await tokenhubPricing(async () => undefined)(pricedJson(path, body as never)))?.maxCost

describe('what TokenHub’s pages print', () => {
  it.each([
    ['1024x1024', 1, 125_000n],
    ['1536x1024', 2, 250_000n],
    ['1537x1024', 1, 250_000n],
    ['2048x2048', 1, 250_000n],
    ['1024x2049', 1, 500_000n],
    ['auto', 1, 500_000n],
    [undefined, 3, 1_500_000n]
  ])('TokenHub 65: an image of GPT Image 2 of %s, %i times', async (size, n, cost) => {
    expect(await costOf('/images/generations', { model: 'openai/gpt-image-2', prompt: 'x', size, n })).toBe(
      cost
    )
  })

  it('TokenHub 65: an edit by form is priced by its fields', async () => {
    const form = new FormData()
    for (const [name, value] of Object.entries({
      model: 'openai/gpt-image-2',
      prompt: 'x',
      size: '1024x1024',
      n: '2'
    }))
      form.append(name, value)
    form.append('image', new Blob(['x'], { type: 'image/png' }), 'image.png')
    const charge = await tokenhubPricing(async () => undefined)(pricedForm('/images/edits', form))
    expect(charge?.maxCost).toBe(250_000n)
  })

  const kling = (more: object) =>
    costOf('/videos/generations', { model: 'kwaivgi/kling-v3', prompt: 'x', ...more })
  it.each<[object, bigint]>([
    [{}, 840_000n],
    [{ duration: 3, mode: 'std' }, 504_000n],
    [{ duration: 3, mode: 'pro' }, 672_000n],
    [{ duration: 3, mode: 'best' }, 672_000n],
    [{ model: 'kwaivgi/kling-v3-pro', duration: 3 }, 672_000n],
    [{ model: 'kling-v3-master', duration: 3 }, 672_000n]
  ])('TokenHub 64: a video of Kling with %j', async (more, cost) => {
    expect(await kling(more)).toBe(cost)
  })

  it.each([{ audio: true }, { sound: 'on' }, { generate_audio: true }])(
    'TokenHub 64: no price of Kling with %j is printed',
    async (more) => {
      await expect(kling(more)).rejects.toMatchObject({ code: 'price/unknown', moneyState: 'none' })
    }
  )

  it('TokenHub 63: videos that one is made from are billed by their seconds, and by the most where they are not stated', async () => {
    const reference = {
      type: 'image_url',
      image_url: { url: 'https://a.example/a.mp4' },
      role: 'reference_video'
    }
    const [plain = 0n, stated = 0n, unstated = 0n] = [
      await kling({ duration: 5, mode: 'std' }),
      await kling({ duration: 5, mode: 'std', content: [reference], video_durations: [7] }),
      await kling({ duration: 5, mode: 'std', content: [reference] })
    ]
    expect(stated - plain).toBe(7n * 168_000n)
    expect(unstated).toBeGreaterThan(stated)
  })
})

describe('an image of TokenHub', () => {
  const item = { model: 'bytedance/doubao-seedream-5.0', prompt: 'A mug' }

  it('TokenHub 62 and 66: has a size with an x, ten at most, and a format by that name', () => {
    expect(fieldsOf(image.check({ ...item, size: '2048x2048', n: 10, format: 'webp' }))).toEqual([])
    const wrong = { ...item, size: '2048*2048', n: 11, format: 'gif' as 'png' }
    expect(fieldsOf(image.check(wrong))).toEqual(['n', 'format', 'size'])
    expect(image.request({ ...item, format: 'webp' })).toEqual({
      path: '/images/generations',
      body: { ...item, format: 'webp' }
    })
  })

  it('is edited by URLs in JSON, or by files in a form', () => {
    const byUrl: TokenHubEdit = {
      ...item,
      images: ['https://a.example/a.png'],
      mask: 'https://a.example/m.png'
    }
    expect(imageEdit.request(byUrl)).toEqual({
      path: '/images/edits',
      body: { ...item, image: ['https://a.example/a.png'], mask: 'https://a.example/m.png' }
    })
    const file = new Blob(['x'], { type: 'image/png' })
    const { body } = imageEdit.request({ ...item, images: [file, file], mask: file, n: 2 })
    if (!(body instanceof FormData)) throw new TypeError('files go in a form')
    expect([body.getAll('image').length, body.has('mask'), body.get('n')]).toEqual([2, true, '2'])
    expect(fieldsOf(imageEdit.check({ ...item, images: [] }))).toEqual(['images'])
  })
})

describe('a video of TokenHub', () => {
  const item = (more: Partial<TokenHubVideo> = {}): TokenHubVideo => ({
    model: 'bytedance/doubao-seedance-2.0',
    prompt: 'A wave',
    ...more
  })
  const of = (role: 'first_frame' | 'last_frame' | 'reference_video', count: number) => ({
    content: Array.from({ length: count }, () => ({ url: 'https://a.example/a', role }))
  })

  it('TokenHub 60 and 63: has one frame of each kind, and three videos', () => {
    expect(fieldsOf(video.check(item(of('first_frame', 1))))).toEqual([])
    expect(fieldsOf(video.check(item(of('first_frame', 2))))).toEqual(['first_frame'])
    expect(fieldsOf(video.check(item(of('last_frame', 2))))).toEqual(['last_frame'])
    expect(fieldsOf(video.check(item(of('reference_video', 3))))).toEqual([])
    expect(fieldsOf(video.check(item(of('reference_video', 4))))).toEqual(['reference_video'])
  })

  it('TokenHub 63 and 64: has 4 to 15 seconds, and Kling’s 3 to 15', () => {
    const kling = { model: 'kwaivgi/kling-v3-std' }
    expect(fieldsOf(video.check(item({ duration: 3 })))).toEqual(['duration'])
    expect(fieldsOf(video.check(item({ ...kling, duration: 3 })))).toEqual([])
    expect(fieldsOf(video.check(item({ ...kling, duration: 16, mode: 'pro' })))).toEqual(['duration'])
    expect(fieldsOf(video.check(item({ mode: 'pro', resolution: '1080p' as '720p' })))).toEqual([
      'resolution',
      'mode'
    ])
  })

  it('is sent in the spelling of the service, and without what was not asked for', () => {
    expect(video.request(item()).body).toEqual({ model: 'bytedance/doubao-seedance-2.0', prompt: 'A wave' })
    expect(video.request(item({ aspectRatio: '16:9', videoDurations: [3], duration: 5 })).body).toMatchObject(
      {
        aspect_ratio: '16:9',
        video_durations: [3],
        duration: 5
      }
    )
  })
})
