import { startGateway } from '@bursar/gateway'
import {
  createKatanaClient,
  type GenerationItem,
  type ImageModel,
  type KatanaClient,
  katanaCatalogue,
  type VideoModel
} from '@bursar/generation/katana'
import { startBase } from '@bursar/localchain'
import { afterAll, beforeAll, expect, it } from 'vitest'

const PICTURE = 'https://example.com/picture.png'
const { images, videos, texts } = katanaCatalogue
/** A second more than 15. */
const LONG_SOUND = `data:audio/wav;base64,${silence(16).toString('base64')}`

let katana: KatanaClient
const stops: (() => Promise<void>)[] = []
beforeAll(async () => {
  const base = await startBase()
  const accounts = [{ key: 'key', secret: 'secret', credits: '1000000' }]
  const gateway = await startGateway({ base, katana: { accounts, generationMs: 0 } })
  stops.push(gateway.stop, base.stop)
  katana = createKatanaClient({ baseUrl: gateway.url, apiKey: 'key:secret' })
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

/** Models and items come from the catalogue at run time, which types cannot follow. */
type Draft = Readonly<Record<string, unknown>>
const itemOf = (draft: Draft): GenerationItem => draft as unknown as GenerationItem

function imageFor({ name, aspects, needsSourceImage }: ImageModel): Draft {
  const images = needsSourceImage ? { images: [PICTURE] } : {}
  return { type: 'image', model: name, prompt: 'A mug', aspectRatio: aspects[0], ...images }
}

function videoFor({ name, aspects, costsTenths, needsFirstFrame }: VideoModel): Draft {
  const [durationSeconds] = costsTenths.keys()
  const frame = needsFirstFrame ? { firstFrame: PICTURE } : {}
  return { type: 'video', model: name, prompt: 'A mug', aspectRatio: aspects[0], durationSeconds, ...frame }
}

/** One item for each rule that binds an image model, breaking it. */
function brokenImages(model: ImageModel): Draft[] {
  const good = imageFor(model)
  const most = Math.max(model.maxReferenceImages, model.needsSourceImage ? 1 : 0)
  return [
    { ...good, aspectRatio: '7:5' },
    { ...good, prompt: ' ' },
    { ...good, outputFormat: 'gif' },
    { ...good, images: Array(most + 1).fill(PICTURE) },
    { ...good, images: ['http://example.com/picture.png'] },
    ...(model.needsSourceImage ? [{ ...good, images: [] }] : []),
    ...(model.isHosted
      ? []
      : [
          { ...good, isFast: true },
          { ...good, isUhd: true },
          { ...good, promptAssist: true }
        ])
  ]
}

/** One item for each rule that binds a video model, breaking it. */
function brokenVideos(model: VideoModel): Draft[] {
  const good = videoFor(model)
  const sounds = (count: number): string[] => Array(count).fill('https://example.com/sound.mp3')
  const frame = { firstFrame: PICTURE }
  const has = (rule: string): boolean => (model.rules as readonly string[]).includes(rule)
  return [
    { ...good, aspectRatio: '7:5' },
    { ...good, durationSeconds: 7 },
    { ...good, ...frame, midFrame: PICTURE },
    { ...good, firstFrame: 'file:///picture.png' },
    { ...good, references: Array(model.maxReferenceImages + 1).fill(PICTURE) },
    { ...good, ...frame, audio: sounds(model.maxAudioFiles + 1) },
    ...(model.needsFirstFrame ? [{ ...good, firstFrame: undefined }] : []),
    ...(model.hasLastFrame ? [] : [{ ...good, ...frame, lastFrame: PICTURE }]),
    ...(model.maxReferenceImages > 0 ? [{ ...good, ...frame, references: [PICTURE] }] : []),
    ...(has('lf_needs_ff') ? [{ ...good, lastFrame: PICTURE }] : []),
    ...(has('audio_or_fflf_exclusive') ? [{ ...good, ...frame, audio: sounds(1) }] : []),
    ...(has('audio_ff_only') ? [{ ...good, audio: sounds(1) }] : []),
    ...(has('audio_15s_max') ? [{ ...good, audio: [LONG_SOUND] }] : [])
  ]
}

function silence(seconds: number): Buffer {
  const bytes = Buffer.alloc(44 + seconds * 8)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(8, 24)
  bytes.writeUInt32LE(8, 28)
  bytes.writeUInt16LE(1, 32)
  bytes.writeUInt16LE(8, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(seconds * 8, 40)
  return bytes
}

const credits = async (): Promise<bigint> => (await katana.account.balance()).creditsTenths

it('there are 111 models', () => {
  expect(images.length + videos.length + texts.length).toBe(111)
})

it('every image and video model makes what keeps within its rules, at the price of the catalogue', async () => {
  const items = [...images.map(imageFor), ...videos.map(videoFor)].map(itemOf)
  const before = await credits()
  const result = await (await katana.generate(items)).result()
  expect(result.failures).toEqual([])
  expect(result.assets.length).toBe(72)
  expect(before - (await credits())).toBe(katana.estimate(items)?.creditsTenths)
})

it('every text model answers, and is charged for', async () => {
  for (const { name } of texts) {
    const before = await credits()
    const messages = [{ role: 'user', content: 'Reply with exactly: here' }] as const
    const reply = await katana.chat.completions.create({ model: name, messages, max_tokens: 16 })
    expect([name, reply.choices[0]?.message.content]).toEqual([name, 'here'])
    expect(await credits()).toBeLessThan(before)
  }
})

it('every rule of every model is kept by the client, before anything is sent', async () => {
  const broken = [...images.flatMap(brokenImages), ...videos.flatMap(brokenVideos)]
  expect(broken.length).toBeGreaterThan(400)
  const before = await credits()
  for (const draft of broken) {
    const error = await katana.generate([itemOf(draft)]).then(
      () => undefined,
      (reason: unknown) => reason
    )
    expect(error, JSON.stringify(draft)).toMatchObject({ code: 'request/invalid', moneyState: 'none' })
  }
  expect(await credits()).toBe(before)
})

it('and, where the client is told not to, by the gateway, which charges nothing', async () => {
  const broken = [...images.flatMap(brokenImages), ...videos.flatMap(brokenVideos)]
  const before = await credits()
  for (let start = 0; start < broken.length; start += 50) {
    const batch = broken.slice(start, start + 50)
    const job = await katana.generate(batch.map(itemOf), { validate: false })
    // Were one of them taken, the job would have a result.
    await expect(job.result()).rejects.toMatchObject({ code: 'job/rejected', moneyState: 'none' })
  }
  expect(await credits()).toBe(before)
})
