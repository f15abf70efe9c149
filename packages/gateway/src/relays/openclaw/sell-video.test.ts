import { describe, expect, it } from 'vitest'
import { IMAGES, wan } from '../../testing/openclaw.js'
import { startRelayFixture } from '../../testing/relay-fixture.js'

const video = (more: object = {}) => ({ model: 'wan2.6-t2v', prompt: 'a cat runs', ...more })
const fromImage = (more: object = {}) =>
  video({ model: 'wan2.6-i2v-flash', input_reference: 'https://a.example/cat.png', ...more })
const VIDEOS = '/v1/video/generations'

describe('OpenClaw Token: videos', () => {
  it('OpenClaw 25, 26, 27, 28 and 44: a video is submitted, pending, and then there, in both shapes', async () => {
    const { ask, pass } = await startRelayFixture('openclaw')
    const { id } = (await ask(VIDEOS, video())).body as { id: string }
    expect(id).toMatch(/^task_\w{32}$/)
    expect((await ask(`/v1/videos/${id}`)).body).toMatchObject({ status: 'queued' })
    pass(31_000)
    expect((await ask(`/v1/videos/${id}`)).body).toMatchObject({ status: 'in_progress' })
    expect((await ask(`${VIDEOS}/${id}`)).body).toMatchObject({
      code: 'success',
      data: { status: 'IN_PROGRESS' }
    })
    pass(30_000)
    const done = (await ask(`/v1/videos/${id}`)).body as { status: string; metadata: { url: string } }
    expect(done).toMatchObject({ status: 'completed', metadata: { url: expect.stringMatching(/\.mp4$/) } })
    expect((await ask(`${VIDEOS}/${id}`)).body).toMatchObject({
      data: { task_id: id, status: 'SUCCESS', result_url: done.metadata.url, progress: '100%' }
    })
    expect((await ask(done.metadata.url)).status).toBe(200)
  })

  it('OpenClaw 26 and 29: a video that fails says why, also where its URL would be', async () => {
    const { ask, pass } = await startRelayFixture('openclaw')
    const { id } = (await ask(VIDEOS, video({ prompt: 'fail' }))).body as { id: string }
    pass(61_000)
    const { error, metadata } = (await ask(`/v1/videos/${id}`)).body as {
      error: { message: string }
      metadata: { url: string }
    }
    expect(metadata.url).toBe(error.message)
    expect((await ask(`${VIDEOS}/${id}`)).body).toMatchObject({
      data: { status: 'FAILURE', fail_reason: error.message }
    })
  })

  it('OpenClaw 30 and 31: a task of somebody else is none, and a video needs a prompt', async () => {
    const { ask } = await startRelayFixture('openclaw')
    const { id } = (await ask(VIDEOS, video())).body as { id: string }
    const none = { status: 400, body: { code: 'task_not_exist' } }
    expect(await ask(`/v1/videos/${id}`, undefined, 'sk-two')).toMatchObject(none)
    expect(await ask('/v1/videos/task_nobody')).toMatchObject(none)
    expect(await ask(VIDEOS, { model: 'wan2.6-t2v' })).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', message: 'prompt is required' }
    })
  })

  it('OpenClaw 32, 33, 35 and 36: a video costs by its seconds, resolution and audio', async () => {
    const { ask } = await startRelayFixture('openclaw', '10')
    const cents = async () =>
      ((await ask('/v1/dashboard/billing/usage')).body as { total_usage: number }).total_usage
    const costs: [object, number][] = [
      [video(), 29],
      [video({ resolution: '1080P', duration: 2 }), 20],
      [video({ model: 'wan2.6-i2v', input_reference: 'https://a.example/a.png' }), 50],
      [fromImage(), 7.25],
      [fromImage({ audio: true }), 14.5],
      [video({ model: 'wan2.2-t2v-plus' }), 2]
    ]
    for (const [body, cost] of costs) {
      const before = await cents()
      expect((await ask(VIDEOS, body)).status).toBe(200)
      expect((await cents()) - before).toBeCloseTo(cost, 6)
    }
    const wrong = [{ resolution: '720p' }, { duration: 1 }, { duration: 16 }, { audio: true }]
    for (const more of wrong) expect((await ask(VIDEOS, video(more))).status).toBe(400)
  })

  it('OpenClaw 34, 37 and 38: images, audio files and shots go with the models that take them', async () => {
    const { ask } = await startRelayFixture('openclaw')
    const status = async (body: object) => (await ask(VIDEOS, body)).status
    const model = 'wan2.6-i2v'
    expect(await status(video({ model }))).toBe(400)
    expect(await status(video({ model, images: ['https://a.example/a.png'] }))).toBe(200)
    expect(
      await status(video({ model, images: ['https://a.example/a.png', 'https://a.example/b.png'] }))
    ).toBe(400)
    expect(await status(video({ audio_url: 'https://a.example/a.mp3' }))).toBe(400)
    expect(await status(fromImage({ audio_url: 'https://a.example/a.ogg' }))).toBe(400)
    expect(await status(fromImage({ audio_url: 'https://a.example/a.mp3' }))).toBe(200)
    expect(await status(fromImage({ shot_type: 'multi', prompt_extend: false }))).toBe(400)
    expect(await status(fromImage({ shot_type: 'multi' }))).toBe(200)
  })

  it('OpenClaw 39: URLs die after a day', async () => {
    const { ask, pass } = await startRelayFixture('openclaw')
    const { data } = (await ask(IMAGES, wan({ n: 1 }))).body as { data: [{ url: string }] }
    pass(86_400_000 - 5000)
    expect((await ask(data[0].url)).status).toBe(200)
    pass(5000)
    expect((await ask(data[0].url)).status).toBe(403)
  })
})
