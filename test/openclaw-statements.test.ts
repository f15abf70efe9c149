import type { RelaysOptions } from '@bursar/gateway'
import { createOpenClaw } from 'bursar/openclaw'
import { expect, it } from 'vitest'
import { relaysUnderLimits } from './relays.js'

const KEY = 'sk-relay'

async function shop(usd?: string, relays: RelaysOptions = {}) {
  const stand = await relaysUnderLimits(KEY, { payment: '20', day: '100' }, usd, relays)
  const options = { baseUrl: `${stand.gateway.url}/relays/openclaw` }
  const clientOf = (apiKey: string) => createOpenClaw(stand.bursar, { ...options, apiKey })
  return { ...stand, options, clientOf, openclaw: clientOf(KEY) }
}

const image = { model: 'gpt-image-2', prompt: 'a cat' } as const
const refused = (status: number, more: object = {}) => ({
  code: 'service/refused',
  moneyState: 'none',
  context: { status, ...more }
})

it('OpenClaw 1: a wrong key is refused, and free', async () => {
  const { clientOf, entries } = await shop()
  await expect(clientOf('sk-wrong').images.generate(image)).rejects.toMatchObject(refused(401))
  expect((await entries()).map(([, state]) => state)).toEqual(['released'])
})

it('S64, OpenClaw 1: an expired key is refused, and free', async () => {
  const accounts = [{ key: KEY, expiresAtMs: Date.now() + 3_600_000 }]
  const { openclaw, entries, pass } = await shop(undefined, { accounts })
  await openclaw.images.generate(image)
  pass(3_600_001)
  await expect(openclaw.images.generate(image)).rejects.toMatchObject(refused(401))
  expect((await entries()).map(([, state]) => state)).toEqual(['settled', 'released'])
})

it('OpenClaw 2: an exhausted account is told as such, and free', async () => {
  const { openclaw, entries } = await shop('0.001')
  const told = refused(403, { serviceCode: 'insufficient_user_quota' })
  await expect(openclaw.images.generate(image)).rejects.toMatchObject(told)
  expect((await entries()).map(([, state]) => state)).toEqual(['released'])
})

it('OpenClaw 3: a model that nobody serves is told as such, and free', async () => {
  const { bursar, options, entries } = await shop()
  const prices = { 'gpt-image-9': { unit: 'call', each: 10_000n as never } } as const
  const openclaw = createOpenClaw(bursar, { ...options, apiKey: KEY, prices, validate: false })
  await expect(openclaw.images.generate({ ...image, model: 'gpt-image-9' as never })).rejects.toMatchObject(
    refused(503, { serviceCode: 'model_not_found' })
  )
  expect((await entries()).map(([, state]) => state)).toEqual(['released'])
})

it('OpenClaw 4: a body without a model has no price, and is not sent', async () => {
  const { openclaw, options, gateway } = await shop()
  const body = JSON.stringify({ messages: [] })
  const url = `${options.baseUrl}/v1/chat/completions`
  await expect(openclaw.fetch(url, { method: 'POST', body })).rejects.toMatchObject({ code: 'price/unknown' })
  expect(gateway.requests.filter(({ method }) => method === 'POST')).toEqual([])
})

it('S60, OpenClaw 18: the nine cells of the token table, as they are recorded, and never above what is held', async () => {
  const { openclaw, entries } = await shop()
  const table = {
    low: [272, 408, 400],
    medium: [1056, 1584, 1568],
    high: [4160, 6240, 6208]
  } as const
  const sizes = ['1024x1024', '1024x1536', '1536x1024'] as const
  for (const [quality, tokens] of Object.entries(table)) {
    for (const [index, size] of sizes.entries()) {
      const item = { model: 'gpt-image-1.5-vvip', prompt: 'a cat', quality: quality as 'low', size } as const
      const held = await openclaw.estimate(item)
      await openclaw.images.generate(item)
      const [, , cost = 0n] = (await entries()).at(-1) ?? []
      // $32 a million tokens of output, and some cents a million for the prompt.
      const output = BigInt((tokens[index] ?? 0) * 32)
      expect([cost >= output, cost < output + 1_000n, cost <= held]).toEqual([true, true, true])
    }
  }
  expect(await entries()).toHaveLength(9)
})

it('S61, OpenClaw 21: images of Gemini have the size of the table, for each size and ratio', async () => {
  const { openclaw } = await shop()
  const table = {
    '512': ['512x512', '704x384', '384x704', '576x448', '448x576'],
    '1K': ['1024x1024', '1408x768', '768x1408', '1152x896', '896x1152'],
    '2K': ['2048x2048', '2816x1536', '1536x2816', '2304x1792', '1792x2304']
  } as const
  const ratios = ['1:1', '16:9', '9:16', '4:3', '3:4'] as const
  for (const [imageSize, sizes] of Object.entries(table)) {
    for (const [index, aspectRatio] of ratios.entries()) {
      const item = {
        model: 'gemini-3.1-flash-image',
        prompt: 'a cat',
        imageSize: imageSize as '1K',
        aspectRatio
      } as const
      const { assets } = await (await openclaw.images.generate(item)).result()
      const png = Buffer.from(await (await fetch(assets[0]?.url ?? '')).arrayBuffer())
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes[index])
    }
  }
})

it('OpenClaw 30: a task of nobody’s is an error, and no state', async () => {
  const { openclaw } = await shop()
  await expect(openclaw.jobs.resume(`task_${'x'.repeat(32)}`).result()).rejects.toMatchObject({
    code: 'service/refused',
    context: { status: 400, serviceCode: 'task_not_exist' }
  })
})

it('OpenClaw 31: a video without a prompt is rejected before it is sent, and by the service', async () => {
  const { bursar, openclaw, options } = await shop()
  const video = { model: 'wan2.6-t2v', prompt: '' } as const
  await expect(openclaw.videos.generate(video)).rejects.toMatchObject({ code: 'request/invalid' })
  const careless = createOpenClaw(bursar, { ...options, apiKey: KEY, validate: false })
  await expect(careless.videos.generate(video)).rejects.toMatchObject(
    refused(400, { serviceCode: 'invalid_request' })
  )
})

it('OpenClaw 37: audio of one’s own goes with the models that take an image, as WAV or MP3', async () => {
  const { openclaw, gateway } = await shop()
  const firstFrame = 'https://a.example/a.png'
  const item = { model: 'wan2.6-i2v-flash', prompt: 'a cat', firstFrame, audio: true } as const
  await openclaw.videos.generate({ ...item, audioUrl: 'https://a.example/a.mp3' })
  const t2v = { model: 'wan2.6-t2v', prompt: 'a cat', audioUrl: 'https://a.example/a.mp3' }
  for (const wrong of [t2v, { ...item, audioUrl: 'https://a.example/a.ogg' }])
    await expect(openclaw.videos.generate(wrong as never)).rejects.toMatchObject({ code: 'request/invalid' })
  expect(gateway.requests.filter(({ path }) => path.endsWith('/video/generations'))).toHaveLength(1)
})

it('OpenClaw 39: what a result’s URL had is gone after a day, and the error says so', async () => {
  const { openclaw, pass } = await shop()
  const job = await openclaw.images.generate(image)
  const [asset] = (await job.result()).assets
  pass(86_400_001)
  expect(asset?.expiresAtMs).toBeGreaterThan(0)
  await expect(job.save('/tmp/bursar-never')).rejects.toMatchObject({ code: 'asset/expired' })
})
