import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { drawImage } from '../../images/draw-image.js'
import { encodePng } from '../../images/png.js'
import { startRelayFixture } from '../../testing/relay-fixture.js'

const messages = [{ role: 'user', content: 'Reply with exactly: hello' }]
const chat = { model: 'claude-sonnet-4-6', max_tokens: 64, messages }
const wan = (more: object = {}) => ({ model: 'wan2.6-t2i', prompt: 'a cat', ...more })
const video = (more: object = {}) => ({ model: 'wan2.6-t2v', prompt: 'a cat runs', ...more })
const fromPicture = (more: object = {}) =>
  video({ model: 'wan2.6-i2v-flash', input_reference: 'https://a.example/cat.png', ...more })
const gpt = (more: object = {}) => ({ model: 'gpt-image-1.5-vvip', prompt: 'a cat', ...more })
const IMAGES = '/v1/images/generations'
const FILMS = '/v1/video/generations'

describe('OpenClaw Token: keys, quota and models', () => {
  it('OpenClaw 1: a missing or wrong key answers 401, in the words of the software', async () => {
    const { ask } = await startRelayFixture('openclaw')
    for (const key of [null, 'sk-wrong'])
      expect(await ask('/v1/chat/completions', chat, key)).toMatchObject({
        status: 401,
        body: { error: { type: 'new_api_error', message: 'Invalid token' } }
      })
  })

  it('OpenClaw 2: an exhausted quota answers 403 with its code, not 402', async () => {
    const { ask } = await startRelayFixture('openclaw', '0')
    expect(await ask('/v1/chat/completions', chat)).toMatchObject({
      status: 403,
      body: { error: { code: 'insufficient_user_quota' } }
    })
  })

  it('OpenClaw 3 and 4: a model that nobody serves answers 503, and none at all 400', async () => {
    const { ask } = await startRelayFixture('openclaw')
    expect(await ask('/v1/chat/completions', { ...chat, model: 'nobody' })).toMatchObject({
      status: 503,
      body: { error: { code: 'model_not_found' } }
    })
    expect((await ask('/v1/chat/completions', { messages })).status).toBe(400)
  })

  it('OpenClaw 5, 41 and 43: half a million of quota is a dollar, and prices are ratios of it', async () => {
    const { ask } = await startRelayFixture('openclaw', '0.02')
    expect((await ask(IMAGES, wan({ n: 1 }))).status).toBe(200)
    const spent = { object: 'token_usage', total_granted: 10_000, total_used: 10_000, total_available: 0 }
    expect(await ask('/api/usage/token/')).toMatchObject({ status: 200, body: { code: true, data: spent } })
    const { data } = (await ask('/api/pricing', undefined, null)).body as { data: { model_name: string }[] }
    const row = (name: string) => data.find(({ model_name }) => model_name === name)
    expect(row('claude-sonnet-4-6')).toMatchObject({ quota_type: 0, model_ratio: 0.26, completion_ratio: 5 })
    expect(row('gpt-image-2')).toMatchObject({ quota_type: 1, model_price: 0.01 })
    expect((await ask('/api/status')).body).toMatchObject({ data: { quota_per_unit: 500_000 } })
  })

  it('OpenClaw 42: usage is reported in cents, and a key without a bound shows 100000000', async () => {
    const bounded = await startRelayFixture('openclaw', '1')
    await bounded.ask(IMAGES, wan({ n: 2 }))
    expect((await bounded.ask('/v1/dashboard/billing/usage')).body).toMatchObject({ total_usage: 4 })
    const free = await startRelayFixture('openclaw')
    expect((await free.ask('/v1/dashboard/billing/subscription')).body).toMatchObject({
      hard_limit_usd: 100_000_000
    })
  })
})

describe('OpenClaw Token: images', () => {
  it('OpenClaw 6 and 7: sizes of wan2.6-t2i have a star, and are listed or within bounds', async () => {
    const { ask } = await startRelayFixture('openclaw')
    const status = async (size: string) => (await ask(IMAGES, wan({ n: 1, size }))).status
    for (const size of [
      '1280*1280',
      '1472*1104',
      '1104*1472',
      '1696*960',
      '960*1696',
      '1440*1440',
      '720*2880'
    ])
      expect([size, await status(size)]).toEqual([size, 200])
    for (const size of ['1280x1280', '1024*1024', '1441*1441', '640*2600'])
      expect([size, await status(size)]).toEqual([size, 400])
  })

  it('OpenClaw 8: wan2.6-t2i makes and charges four by default', async () => {
    const { ask } = await startRelayFixture('openclaw', '0.10')
    expect((await ask(IMAGES, wan())).body).toMatchObject({ data: [{}, {}, {}, {}] })
    expect((await ask('/v1/dashboard/billing/usage')).body).toMatchObject({ total_usage: 8 })
  })

  it('OpenClaw 9: wan2.6-t2i rejects what is out of its bounds', async () => {
    const { ask } = await startRelayFixture('openclaw')
    const wrong = [
      { n: 0 },
      { n: 5 },
      { prompt: 'x'.repeat(2101) },
      { negative_prompt: 'x'.repeat(501) },
      { seed: -1 },
      { seed: 2_147_483_648 }
    ]
    for (const more of wrong) expect((await ask(IMAGES, wan({ n: 1, ...more }))).status).toBe(400)
    const maxImages = { prompt: '猫'.repeat(2100), negative_prompt: 'x'.repeat(500), seed: 2_147_483_647 }
    expect((await ask(IMAGES, wan({ n: 1, ...maxImages }))).status).toBe(200)
  })

  it('OpenClaw 10, 11, 12, 13, 15 and 16: GPT Image keeps to sizes with an x, counts, words and lengths', async () => {
    const { ask } = await startRelayFixture('openclaw')
    const status = async (more: object) => (await ask(IMAGES, gpt(more))).status
    const second = { model: 'gpt-image-2' }
    const good = [
      { size: '1024x1024' },
      { n: 10 },
      { ...second, size: '3840x2160' },
      { ...second, size: '2048x1152' },
      { background: 'transparent', output_format: 'webp' },
      { prompt: 'x'.repeat(32_000) },
      { quality: 'high', moderation: 'low', output_compression: 100, output_format: 'jpeg' }
    ]
    for (const more of good) expect([more, await status(more)]).toEqual([more, 200])
    const bad = [
      { size: '1024*1024' },
      { size: '3840x2160' },
      { n: 11 },
      { ...second, n: 2 },
      { ...second, size: '3856x2160' },
      { ...second, size: '1000x1000' },
      { ...second, size: '3840x1264' },
      { background: 'transparent', output_format: 'jpeg' },
      { prompt: 'x'.repeat(32_001) },
      { quality: 'best' },
      { moderation: 'high' },
      { output_compression: 101 },
      { output_compression: -1 }
    ]
    for (const more of bad) expect([more, await status(more)]).toEqual([more, 400])
  })

  it('OpenClaw 14 and 18: an image comes as it was asked for, and its tokens by the table', async () => {
    const { ask } = await startRelayFixture('openclaw')
    const inline = await ask(IMAGES, gpt({ response_format: 'b64_json', size: '1536x1024', quality: 'low' }))
    const { data, usage } = inline.body as { data: [{ b64_json: string }]; usage: { output_tokens: number } }
    const { width, height } = await sharp(Buffer.from(data[0].b64_json, 'base64')).metadata()
    expect([Object.keys(data[0]), width, height, usage.output_tokens]).toEqual([
      ['b64_json'],
      1536,
      1024,
      400
    ])
    const table: [string, string, number][] = [
      ['low', '1024x1024', 272],
      ['medium', '1024x1536', 1584],
      ['high', '1536x1024', 6208]
    ]
    for (const [quality, size, tokens] of table)
      expect((await ask(IMAGES, gpt({ quality, size }))).body).toMatchObject({
        data: [{ url: expect.stringMatching(/^http/) }],
        usage: { output_tokens: tokens }
      })
  })

  it('OpenClaw 17: edits are forms, whose mask is a PNG with alpha of the same size', async () => {
    const { ask } = await startRelayFixture('openclaw')
    const image = await encodePng(drawImage('x', 64, 64), 'x')
    const rgba = (side: number) =>
      sharp({ create: { width: side, height: side, channels: 4, background: '#0000' } })
        .png()
        .toBuffer()
    const edit = async (mask?: Uint8Array, images = 1) => {
      const form = new FormData()
      form.append('model', 'gpt-image-1.5-vvip')
      form.append('prompt', 'a crown')
      for (let index = 0; index < images; index++)
        form.append('image', new Blob([new Uint8Array(image)]), 'a.png')
      if (mask) form.append('mask', new Blob([new Uint8Array(mask)]), 'mask.png')
      return (await ask('/v1/images/edits', form)).status
    }
    expect(await edit()).toBe(200)
    expect(await edit(await rgba(64), 3)).toBe(200)
    expect(await edit(await rgba(32))).toBe(400)
    expect(await edit(image)).toBe(400)
    expect(await edit(Buffer.alloc(50 * 1024 * 1024))).toBe(400)
    expect(await edit(undefined, 0)).toBe(400)
    expect((await ask('/v1/images/edits', gpt())).status).toBe(400)
  })

  it('OpenClaw 19, 20, 21, 22 and 23: Gemini draws in a chat, in the sizes of its table, shown in markdown', async () => {
    const { ask } = await startRelayFixture('openclaw')
    const draws = (config: object, more: object = {}) =>
      ask('/v1/chat/completions', {
        ...chat,
        model: 'gemini-3.1-flash-image',
        google: { image_config: config },
        ...more
      })
    const sizes = {
      '1:1': [512, 512],
      '16:9': [704, 384],
      '9:16': [384, 704],
      '4:3': [576, 448],
      '3:4': [448, 576]
    }
    for (const [ratio, size] of Object.entries(sizes)) {
      const { body } = await draws({ image_size: '512', aspect_ratio: ratio })
      const { choices } = body as { choices: [{ message: { content: string } }] }
      const [, url = ''] = /^!\[image\]\((\S+)\)$/.exec(choices[0].message.content) ?? []
      const { width, height } = await sharp(await (await fetch(url)).arrayBuffer()).metadata()
      expect([width, height]).toEqual(size)
    }
    for (const ratio of '3:2 2:3 4:5 5:4 1:4 4:1 1:8 8:1 21:9'.split(' '))
      expect((await draws({ aspect_ratio: ratio })).status).toBe(200)
    expect((await draws({ image_size: '2k' })).status).toBe(400)
    expect((await draws({ aspect_ratio: '7:3' })).status).toBe(400)
    // As it is printed, for those who send it so.
    const nested = { extra_body: { google: { image_config: { image_size: '2k' } } }, google: undefined }
    expect((await draws({}, nested)).status).toBe(400)
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }
    const showing = (count: number) =>
      draws(
        {},
        {
          messages: [{ role: 'user', content: [{ type: 'text', text: 'x' }, ...Array(count).fill(image)] }]
        }
      )
    expect((await showing(14)).status).toBe(200)
    expect((await showing(15)).status).toBe(400)
  })

  it('OpenClaw 24: wan2.7-image answers with four images among the parts of its content', async () => {
    const { ask } = await startRelayFixture('openclaw')
    const { body } = await ask('/v1/chat/completions', { ...chat, model: 'wan2.7-image' })
    const image = { image: expect.stringMatching(/^http/) }
    expect(body).toMatchObject({ choices: [{ message: { content: [image, image, image, image] } }] })
  })
})

describe('OpenClaw Token: videos', () => {
  it('OpenClaw 25, 26, 27, 28 and 44: a video is submitted, pending, and then there, in both shapes', async () => {
    const { ask, pass } = await startRelayFixture('openclaw')
    const { id } = (await ask(FILMS, video())).body as { id: string }
    expect(id).toMatch(/^task_\w{32}$/)
    expect((await ask(`/v1/videos/${id}`)).body).toMatchObject({ status: 'queued' })
    pass(31_000)
    expect((await ask(`/v1/videos/${id}`)).body).toMatchObject({ status: 'in_progress' })
    expect((await ask(`${FILMS}/${id}`)).body).toMatchObject({
      code: 'success',
      data: { status: 'IN_PROGRESS' }
    })
    pass(30_000)
    const done = (await ask(`/v1/videos/${id}`)).body as { status: string; metadata: { url: string } }
    expect(done).toMatchObject({ status: 'completed', metadata: { url: expect.stringMatching(/\.mp4$/) } })
    expect((await ask(`${FILMS}/${id}`)).body).toMatchObject({
      data: { task_id: id, status: 'SUCCESS', result_url: done.metadata.url, progress: '100%' }
    })
    expect((await ask(done.metadata.url)).status).toBe(200)
  })

  it('OpenClaw 26 and 29: a video that fails says why, also where its URL would be', async () => {
    const { ask, pass } = await startRelayFixture('openclaw')
    const { id } = (await ask(FILMS, video({ prompt: 'fail' }))).body as { id: string }
    pass(61_000)
    const { error, metadata } = (await ask(`/v1/videos/${id}`)).body as {
      error: { message: string }
      metadata: { url: string }
    }
    expect(metadata.url).toBe(error.message)
    expect((await ask(`${FILMS}/${id}`)).body).toMatchObject({
      data: { status: 'FAILURE', fail_reason: error.message }
    })
  })

  it('OpenClaw 30 and 31: a task of somebody else is none, and a video needs a prompt', async () => {
    const { ask } = await startRelayFixture('openclaw')
    const { id } = (await ask(FILMS, video())).body as { id: string }
    const none = { status: 400, body: { code: 'task_not_exist' } }
    expect(await ask(`/v1/videos/${id}`, undefined, 'sk-two')).toMatchObject(none)
    expect(await ask('/v1/videos/task_nobody')).toMatchObject(none)
    expect(await ask(FILMS, { model: 'wan2.6-t2v' })).toMatchObject({
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
      [fromPicture(), 7.25],
      [fromPicture({ audio: true }), 14.5],
      [video({ model: 'wan2.2-t2v-plus' }), 2]
    ]
    for (const [body, cost] of costs) {
      const before = await cents()
      expect((await ask(FILMS, body)).status).toBe(200)
      expect((await cents()) - before).toBeCloseTo(cost, 6)
    }
    const wrong = [{ resolution: '720p' }, { duration: 1 }, { duration: 16 }, { audio: true }]
    for (const more of wrong) expect((await ask(FILMS, video(more))).status).toBe(400)
  })

  it('OpenClaw 34, 37 and 38: images, audio files and shots go with the models that take them', async () => {
    const { ask } = await startRelayFixture('openclaw')
    const status = async (body: object) => (await ask(FILMS, body)).status
    const model = 'wan2.6-i2v'
    expect(await status(video({ model }))).toBe(400)
    expect(await status(video({ model, images: ['https://a.example/a.png'] }))).toBe(200)
    expect(
      await status(video({ model, images: ['https://a.example/a.png', 'https://a.example/b.png'] }))
    ).toBe(400)
    expect(await status(video({ audio_url: 'https://a.example/a.mp3' }))).toBe(400)
    expect(await status(fromPicture({ audio_url: 'https://a.example/a.ogg' }))).toBe(400)
    expect(await status(fromPicture({ audio_url: 'https://a.example/a.mp3' }))).toBe(200)
    expect(await status(fromPicture({ shot_type: 'multi', prompt_extend: false }))).toBe(400)
    expect(await status(fromPicture({ shot_type: 'multi' }))).toBe(200)
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

it('OpenClaw 40: tokens that a cache gives cost a tenth', async () => {
  const { ask } = await startRelayFixture('openclaw')
  const { data } = (await ask('/api/pricing')).body as { data: { model_name: string; cache_ratio: number }[] }
  const rows = data.filter(({ model_name: name }) => name.startsWith('claude'))
  expect(rows.map(({ cache_ratio: ratio }) => Math.round(ratio * 1000) / 1000)).toEqual([0.1, 0.1, 0.1, 0.1])
  for (const row of rows) expect(row).toMatchObject({ create_cache_ratio: 1.25 })
})
