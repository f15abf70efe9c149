import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { drawImage } from '../../images/draw-image.js'
import { encodePng } from '../../images/png.js'
import { chat, IMAGES, wan } from '../../testing/openclaw.js'
import { startRelayFixture } from '../../testing/relay-fixture.js'

const gpt = (more: object = {}) => ({ model: 'gpt-image-1.5-vvip', prompt: 'a cat', ...more })
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
