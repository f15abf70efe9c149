import { systemClock } from '@bursar/core'
import { startGateway } from '@bursar/gateway'
import { createKatana } from 'bursar/katana'
import OpenAI, { toFile } from 'openai'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack } from './stack.js'

const stack = useStack()
/** A time that only the test lets pass. */
const LONG_MS = 60_000

/** OpenAI's SDK over a Katana in this process. */
async function shop() {
  let aheadMs = 0
  const clock = { ...systemClock, nowMs: () => systemClock.nowMs() + aheadMs }
  const gateway = await startGateway({ base: stack.chain, clock, katana: { generationMs: LONG_MS } })
  const { bursar, address } = await fundWallet(stack, { limits: { payment: '2', total: '8' } })
  onTestFinished(async () => {
    await bursar.close()
    await gateway.stop()
  })
  const katana = createKatana(bursar, { baseUrl: gateway.url })
  return {
    openai: new OpenAI({ baseURL: katana.baseURL, apiKey: 'x402', fetch: katana.openaiFetch }),
    paid: () => stack.chain.authorizationsUsed(address),
    finishJobs() {
      aheadMs += LONG_MS
    }
  }
}

describe('S27: videos of OpenAI’s SDK inside the process', () => {
  it('are made by Katana by any name of a model, asked after for nothing, and downloaded', async () => {
    const { openai, paid, finishJobs } = await shop()
    const named = { model: 'google/veo3.1-fast', prompt: 'A wave' } as const
    const video = await openai.videos.create({ ...named, seconds: '4', size: '1280x720' })
    expect(video).toMatchObject({ ...named, object: 'video', seconds: '4', size: '1280x720', progress: 0 })
    const early = openai.videos.downloadContent(video.id)
    await expect(early).rejects.toMatchObject({ status: 400, code: 'no_content' })
    finishJobs()
    const status = async () => (await openai.videos.retrieve(video.id)).status
    await expect.poll(status).toBe('completed')
    expect(await openai.videos.retrieve(video.id)).toMatchObject({ model: 'veo3-1-fast', progress: 100 })
    const content = await openai.videos.downloadContent(video.id)
    expect(content.headers.get('content-type')).toBe('video/mp4')
    const bytes = Buffer.from(await content.arrayBuffer())
    expect(bytes.subarray(4, 8).toString()).toBe('ftyp')
    expect(await paid()).toHaveLength(1)
  })

  it('begin with a file, at the model’s shortest length', async () => {
    const { openai } = await shop()
    const { data } = await openai.images.generate({ model: 'gen', prompt: 'x', response_format: 'b64_json' })
    const bytes = Buffer.from(data?.[0]?.b64_json ?? '', 'base64')
    const input_reference = await toFile(bytes, 'first.png', { type: 'image/png' })
    const video = await openai.videos.create({ model: 'kling-1-6', prompt: 'x', input_reference })
    expect(video).toMatchObject({ status: 'in_progress', seconds: '5', size: '' })
  })

  it('that cannot be are rejected as by the proxy, and nothing is paid', async () => {
    const { openai, paid } = await shop()
    const video = { model: 'ltx-2-3', prompt: 'x' } as const
    const odd = { ...video, ...{ style: 'noir' } }
    const wrong: [ask: () => Promise<unknown>, status: number, why: RegExp][] = [
      [() => openai.videos.create({ ...video, seconds: '4' }), 400, /makes no videos of 4 seconds/],
      [() => openai.videos.create({ prompt: 'x' }), 400, /model is required/],
      [() => openai.videos.create({ ...video, model: 'sora-2' }), 400, /"sora-2" is not in the catalogue/],
      [() => openai.videos.create(odd), 400, /style has no counterpart/],
      [() => openai.videos.retrieve('0f3f0ab9-2d2c-4d99-a7cc-76cf82735246'), 404, /There is no video/],
      [() => openai.videos.downloadContent('0f3f', { variant: 'thumbnail' }), 400, /must be video/],
      [() => openai.videos.remix('0f3f', { prompt: 'x' }), 404, /There is no \/v1\/videos\/0f3f\/remix/],
      [() => openai.videos.list(), 405, /takes POST/]
    ]
    for (const [ask, status, message] of wrong)
      await expect(ask(), message.source).rejects.toMatchObject({
        status,
        message: expect.stringMatching(message)
      })
    expect(await paid()).toEqual([])
  })
})
