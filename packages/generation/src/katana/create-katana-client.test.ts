import { inspect } from 'node:util'
import { isBursarError } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { PICTURE } from '../../test/items.js'
import { openKatana as open } from '../../test/katana.js'
import { png } from '../../test/samples.js'
import { answer, completed, envelope, type Script, serve } from '../../test/service.js'
import { createKatanaClient } from './create-katana-client.js'

const mug = { model: 'gen', prompt: 'A mug', aspectRatio: '1:1' } as const

const processing: Script = (_, response) => answer(response, envelope('processing'))

describe('what goes over the wire', () => {
  it('Katana 93 and 94: submits items in Katana’s spelling and does not wait', async () => {
    const { katana, arrivals } = await open(processing)
    await katana.images.generate({
      ...mug,
      outputFormat: 'jpg',
      negativePrompt: 'hands',
      isFast: true,
      isUhd: true,
      promptAssist: true
    })
    expect(arrivals).toHaveLength(1)
    expect(arrivals[0]).toMatchObject({ method: 'POST', path: '/v1/generation-requests?wait=false' })
    expect(arrivals[0]?.headers['content-type']).toBe('application/json')
    expect(arrivals[0]?.json).toEqual({
      requests: [
        {
          type: 'image',
          model: 'gen',
          prompt: 'A mug',
          negative_prompt: 'hands',
          aspect_ratio: '1:1',
          output_format: 'jpeg',
          is_uhd: true,
          use_assistant: true
        }
      ]
    })
  })

  it('S20: waits in the submission itself where that is asked for, and hands the outcome on as by polling', async () => {
    const asset = completed('https://k.imgnai.com')
    const { katana, arrivals } = await open((_, response) => answer(response, envelope('completed', [asset])))
    const kept: string[] = []
    const onSubmitted = ({ requestId }: { readonly requestId: string }) => void kept.push(requestId)
    const job = await katana.images.generate(mug, { wait: true, onSubmitted })
    expect(await job.result()).toMatchObject({ status: 'completed', assets: [{ kind: 'image' }] })
    expect(arrivals.map(({ path }) => path)).toEqual(['/v1/generation-requests?wait=true'])
    expect(kept).toEqual([job.requestId])
  })

  it('keeps the id for the client, whose ledger may need it, before the caller of one job does so too', async () => {
    const kept: string[] = []
    const keepAs =
      (who: string) =>
      ({ requestId }: { readonly requestId: string }) =>
        void kept.push(`${who} ${requestId}`)
    const { katana } = await open(processing, { onSubmitted: keepAs('client') })
    const { requestId } = await katana.images.generate(mug, { onSubmitted: keepAs('caller') })
    expect(kept).toEqual([`client ${requestId}`, `caller ${requestId}`])
  })

  it('S21: images for a model that lists none are rejected, with the way to let Katana decide', async () => {
    const { katana, arrivals } = await open(processing)
    const item = { ...mug, images: [PICTURE] }
    await expect(katana.images.generate(item)).rejects.toMatchObject({
      code: 'request/invalid',
      message: expect.stringContaining('validate: false to let Katana decide')
    })
    expect(arrivals).toEqual([])
    await katana.images.generate(item, { validate: false })
    expect(arrivals[0]?.json).toMatchObject({ requests: [{ image_urls: [PICTURE] }] })
  })

  it('puts the media of a video into video_image_data', async () => {
    const { katana, arrivals } = await open(processing)
    await katana.videos.generate({
      model: 'seedance-2-0',
      prompt: 'A mug',
      durationSeconds: 5,
      aspectRatio: '16:9',
      references: [PICTURE, png(), new Blob([png() as Uint8Array<ArrayBuffer>])],
      audio: ['https://example.com/voice.mp3'],
      audioSeconds: 3
    })
    const dataUrl = `data:image/png;base64,${Buffer.from(png()).toString('base64')}`
    expect(arrivals[0]?.json.requests).toEqual([
      {
        type: 'video',
        model: 'seedance-2-0',
        prompt: 'A mug',
        duration_seconds: 5,
        aspect_ratio: '16:9',
        video_image_data: {
          reference_image_urls: [PICTURE, dataUrl, dataUrl],
          audio_input_urls: ['https://example.com/voice.mp3']
        }
      }
    ])
  })

  it('never sends an empty video_image_data', async () => {
    const { katana, arrivals } = await open(processing)
    await katana.generate([
      {
        type: 'video',
        model: 'veo3-1',
        prompt: 'A mug',
        durationSeconds: 4,
        aspectRatio: '16:9',
        references: []
      },
      { type: 'image', ...mug, images: [] }
    ])
    expect(arrivals[0]?.text).not.toMatch(/video_image_data|image_urls/)
  })
})

describe('billing', () => {
  const apiKey = 'key-1:secret:with:colons'

  it('Katana 17, 18 and 20: a key goes as a pair of headers, split at the first colon, and nothing else goes', async () => {
    const { katana, arrivals } = await open(processing, { apiKey, walletProof: () => 'proof' })
    await katana.images.generate(mug)
    const [arrival] = arrivals
    expect(arrival?.headers).toMatchObject({ 'x-api-key': 'key-1', 'x-api-secret': 'secret:with:colons' })
    expect(arrival?.headers).not.toHaveProperty('authorization')
    expect(arrival?.headers).not.toHaveProperty('x-sign-in-with-x')
    expect(arrival?.text).not.toContain('secret')
  })

  it('sends no credentials when the fetch pays', async () => {
    const { katana, arrivals } = await open(processing, { apiKey, walletProof: () => 'proof' })
    await katana.images.generate(mug, { billing: 'direct' })
    const names = Object.keys(arrivals[0]?.headers ?? {})
    expect(names.filter((name) => /^(?:x-|authorization|cookie)/.test(name))).toEqual([])
  })

  it('auto pays text from the wallet and images directly', async () => {
    const { katana, arrivals } = await open(
      ({ path }, response) =>
        answer(response, path.includes('chat') ? { choices: [{ message: {} }] } : envelope('processing')),
      { walletProof: async () => 'proof' }
    )
    await katana.images.generate(mug)
    await katana.chat.completions.create({ model: 'grok-4-3', prompt: 'Hi' })
    expect(arrivals.map(({ headers }) => headers['x-sign-in-with-x'])).toEqual([undefined, 'proof'])
  })

  it('Katana 19: refuses to be built for a path that it has no means for, and shows no key', () => {
    expect(() => createKatanaClient({ billing: 'key' })).toThrow(TypeError)
    expect(() => createKatanaClient({ billing: 'wallet' })).toThrow(TypeError)
    for (const bad of ['no-colon-hush', ':hush-1', 'hush:', 'key:hush\nX-Evil: 1']) {
      expect(() => createKatanaClient({ apiKey: bad })).toThrow(/value is not shown/)
      expect(() => createKatanaClient({ apiKey: bad })).not.toThrow(/hush/)
    }
  })

  it.each(['http://kat.imgnai.com', 'ftp://kat.imgnai.com', 'https://user:pass@kat.imgnai.com', 'nonsense'])(
    'Katana 1: rejects %s as a base',
    (baseUrl) => {
      expect(() => createKatanaClient({ baseUrl })).toThrow(TypeError)
    }
  )

  it('shows no key to anyone who looks at a client, a job or an error', async () => {
    const { katana } = await open(
      (_, response, index) =>
        index === 0 ? answer(response, envelope('processing')) : answer(response, { error: 'no' }, 401),
      { apiKey: { key: 'key-1', secret: 'hush-hush' } }
    )
    const job = await katana.images.generate(mug)
    const error = await job.result().catch((reason: unknown) => reason)
    expect(isBursarError(error, 'service/refused')).toBe(true)
    for (const shown of [katana, job, error]) {
      expect(inspect(shown, { depth: 12, showHidden: true })).not.toMatch(/hush|key-1/)
      expect(JSON.stringify(shown)).not.toMatch(/hush|key-1/)
    }
  })

  it('sends nothing along a redirect', async () => {
    const other = await serve((_, response) => answer(response, envelope('processing')))
    const { katana } = await open(
      (_, response) => void response.writeHead(307, { location: other.url }).end(),
      { apiKey }
    )
    await expect(katana.images.generate(mug)).rejects.toMatchObject({
      code: 'service/unreachable',
      moneyState: 'unknown'
    })
    expect(other.arrivals).toEqual([])
  })
})
