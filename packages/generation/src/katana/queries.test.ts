import { describe, expect, it } from 'vitest'
import { openKatana as open } from '../../test/katana.js'
import { dataUrl, png } from '../../test/samples.js'
import { answer, envelope, quickClock, type Script } from '../../test/service.js'
import { katanaCatalogue } from './catalogue/snapshot.js'
import { createKatanaClient } from './create-katana-client.js'
import { unlistedModel } from './item.js'

describe('the account', () => {
  it('Katana 147: reads credits as decimal text', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, { credits: '20814.0' }), {
      apiKey: 'key:hush'
    })
    expect(await katana.account.balance()).toEqual({ credits: '20814.0', creditsTenths: 208_140n })
    expect(arrivals[0]).toMatchObject({ method: 'GET', path: '/v1/me/balance' })
    expect(arrivals[0]?.headers['x-api-secret']).toBe('hush')
  })

  it.each(['200.0', '200'])(
    'S59, Katana 147: reads %s as two thousand tenths, however it is printed',
    async (credits) => {
      const { katana } = await open((_, response) => answer(response, { credits }), { apiKey: 'key:hush' })
      expect(await katana.account.balance()).toEqual({ credits, creditsTenths: 2000n })
    }
  )

  it.each([{}, { credits: 7 }, { credits: '1.25' }, { credits: '-1' }])(
    'does not guess at %j',
    async (body) => {
      const { katana } = await open((_, response) => answer(response, body), { apiKey: 'key:hush' })
      await expect(katana.account.balance()).rejects.toMatchObject({
        code: 'service/answer-malformed',
        moneyState: 'none'
      })
    }
  )

  it('needs a key', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, {}))
    await expect(katana.account.balance()).rejects.toThrow(TypeError)
    expect(arrivals).toEqual([])
  })
})

describe('attestation', () => {
  it('Katana 90: asks with 64 hex digits and hands the proof on', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, { quote: 'tdx' }))
    const nonce = '0'.repeat(64)
    expect(await katana.attestation('kimi-k2-6-private')).toEqual({ nonce, proof: { quote: 'tdx' } })
    expect(arrivals[0]?.path).toBe(`/v1/text/attestation?model=kimi-k2-6-private&nonce=${nonce}`)
  })

  it('Katana 90 and 91: rejects other models and nonces, and sends nothing', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, {}))
    await expect(katana.attestation('grok-4-3')).rejects.toMatchObject({
      context: { violations: [{ rule: 'not_private' }] }
    })
    for (const nonce of ['', 'ab', 'g'.repeat(64), 'a'.repeat(65)]) {
      const context = { violations: [{ rule: 'nonce' }] }
      await expect(katana.attestation('glm-5-private', { nonce })).rejects.toMatchObject({ context })
    }
    expect(arrivals).toEqual([])
  })
})

describe('discovery', () => {
  it('Katana 2: asks without credentials and returns the answer', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, { x402Version: 2 }))
    expect(await katana.discovery()).toEqual({ x402Version: 2 })
    expect(arrivals[0]).toMatchObject({ method: 'GET', path: '/v1/x402' })
    expect(arrivals[0]?.headers['x-api-key']).toBeUndefined()
  })

  it.each([500, 404])('says that nothing was paid after a %i', async (status) => {
    const { katana } = await open((_, response) => answer(response, {}, status))
    await expect(katana.discovery()).rejects.toMatchObject({ code: 'service/refused', moneyState: 'none' })
  })
})

describe('the live list of models', () => {
  const list = {
    images: [
      {
        public_model_name: 'gen',
        model_key: 'gen',
        supported_aspects: ['1:1', '8:1'],
        maximum_reference_images: 2,
        credits: '4.5'
      },
      { public_model_name: 'brand-new', supported_aspects: ['1:1'], maximum_reference_images: 0 },
      { display_name: 'nameless' },
      'nonsense'
    ],
    videos: [
      {
        public_model_name: 'ltx-2-3',
        video_lengths_and_costs: { 5: 20, 25: '100' },
        custom_rules: ['audio_ff_only', 'made_up'],
        supports_last_frame: false
      },
      { public_model_name: 'kling-1-6', video_lengths_and_costs: [{ seconds: 5, credits: '130' }] }
    ],
    text: [{ public_model_name: 'grok-4-3', input_types: ['text'], max_output_tokens: 100 }],
    text_pricing: { 'grok-4-3': { input: '1.5', output: '2' } }
  }

  it('S24: says what models are, in its own words before those of the snapshot, and is kept as it came', async () => {
    const grok = { public_model_name: 'grok-4-3', features: ['Tool calling'], brand_new: { a: 1 } }
    const gen = {
      public_model_name: 'gen',
      description: 'It draws.',
      thumbnail_url: 'https://a.example/g.webp'
    }
    const { katana } = await open((_, response) => answer(response, { images: [gen], text: [grok] }))
    const { images, texts } = await katana.models.list()
    expect(images).toMatchObject([
      {
        description: 'It draws.',
        thumbnailUrl: 'https://a.example/g.webp',
        features: ['text prompts']
      }
    ])
    expect(texts).toMatchObject([{ features: ['Tool calling'], releasedOn: '2026-04-30', raw: grok }])
  })

  it('is read as the catalogue is, and completed from the snapshot', async () => {
    const { katana } = await open((_, response) => answer(response, list))
    const catalogue = await katana.models.list()
    expect(catalogue.source).toBe('live')
    expect(catalogue.images).toMatchObject([
      {
        name: 'gen',
        aspects: ['1:1', '8:1'],
        maxReferenceImages: 2,
        costTenths: 45n,
        isHosted: true,
        creator: 'imgnAI'
      },
      { name: 'brand-new', aspects: ['1:1'], isHosted: false }
    ])
    expect(catalogue.images[1]).not.toHaveProperty('costTenths')
    expect(catalogue.videos[0]).toMatchObject({
      rules: ['audio_ff_only'],
      hasLastFrame: false,
      maxAudioFiles: 1
    })
    expect([...(catalogue.videos[0]?.costsTenths ?? [])]).toEqual([
      [5, 200n],
      [25, 1000n]
    ])
    expect([...(catalogue.videos[1]?.costsTenths ?? [])]).toEqual([[5, 1300n]])
    expect(catalogue.texts[0]).toMatchObject({
      maxOutputTokens: 100,
      reads: ['text'],
      costsTenths: { input: 15n, output: 20n }
    })
  })

  it('can be validated against', async () => {
    const script: Script = ({ method }, response) =>
      answer(response, method === 'GET' ? list : envelope('processing'))
    const { katana, url } = await open(script)
    const item = { model: unlistedModel('brand-new'), prompt: 'A mug', aspectRatio: '1:1' }
    await expect(katana.images.generate(item)).rejects.toMatchObject({ code: 'request/invalid' })
    const informed = createKatanaClient({
      baseUrl: url,
      clock: quickClock(),
      catalogue: await katana.models.list()
    })
    await informed.images.generate(item)
    await expect(informed.images.generate({ ...item, aspectRatio: '8:1' })).rejects.toMatchObject({
      code: 'request/invalid'
    })
  })
})

describe('estimates', () => {
  const katana = createKatanaClient()

  it('Katana 106: credits of several items add up, without rounding', () => {
    expect(
      katana.estimate([
        { type: 'image', model: 'gpt-image-2', prompt: 'x', aspectRatio: '1:1' },
        { type: 'video', model: 'veo3-1-lite', prompt: 'x', aspectRatio: '16:9', durationSeconds: 8 }
      ])
    ).toEqual({ credits: '154', creditsTenths: 1540n, usd: '0.8008', usdAtomic: 800_800n, basis: 'listed' })
  })

  it('Katana 132: a video costs what its length costs', () => {
    const video = {
      type: 'video',
      model: 'ltx-2-3',
      prompt: 'x',
      aspectRatio: '1:1',
      durationSeconds: 20
    } as const
    expect(katana.estimate(video)).toMatchObject({ credits: '80', usd: '0.416' })
  })

  it('says when a price is assumed, and when there is none', () => {
    const uhd = { type: 'image', model: 'gen', prompt: 'x', aspectRatio: '1:1', isUhd: true } as const
    expect(katana.estimate(uhd)).toMatchObject({ credits: '3', basis: 'assumed' })
    const unknown = {
      type: 'image',
      model: unlistedModel('brand-new'),
      prompt: 'x',
      aspectRatio: '1:1'
    } as const
    expect(katana.estimate(unknown)).toBeUndefined()
    expect(katana.estimate({ model: 'brand-new', prompt: 'x' })).toBeUndefined()
  })

  it('Katana 76, 77 and 78: a chat may cost its reserve, ten credits at least', () => {
    expect(katana.estimate({ model: 'grok-4-3', prompt: 'Hi', max_tokens: 64 })).toMatchObject({
      credits: '10',
      basis: 'reserve'
    })
    // 1,000,000 characters are 250,000 tokens at 105.77 credits a million, and 16,000 of output at 634.62.
    const long = 'x'.repeat(1_000_000)
    expect(katana.estimate({ model: 'gpt-5-5', messages: [{ role: 'user', content: long }] })).toMatchObject({
      credits: '366'
    })
  })

  it('Katana 149: agrees with the guide’s own dollars, which are rounded for display', () => {
    const cents = (atomic: bigint): string => (Number(atomic) / 1e6).toFixed(4)
    const price = (name: string) =>
      katanaCatalogue.images.find((each) => each.name === name)?.costTenths ?? 0n
    expect(cents(price('gen') * katanaCatalogue.atomicUsdPerTenth)).toBe('0.0156')
    expect(cents(price('nano-banana-2') * katanaCatalogue.atomicUsdPerTenth)).toBe('0.1664')
  })
})

describe('going on from a video', () => {
  const next = { model: 'ltx-2-3', prompt: 'It goes on', durationSeconds: 5, aspectRatio: 'auto' } as const
  const film = { item: 0, index: 0, kind: 'video', tags: [] }
  const firstFrame = (url: string) => ({ requests: [{ video_image_data: { first_frame_image_url: url } }] })

  it('Katana 165: sends the final frame as the next first one', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, envelope('processing')))
    const finalFrameUrl = 'https://k.imgnai.com/last.png'
    await katana.videos.extend({ ...film, finalFrameUrl }, next)
    expect(arrivals[0]?.json).toMatchObject(firstFrame(finalFrameUrl))
  })

  it('sends the image itself where its URL is on loopback, and fetches it without credentials', async () => {
    const { katana, arrivals, url } = await open(
      ({ method }, response) =>
        method === 'POST' ? answer(response, envelope('processing')) : void response.end(png()),
      { apiKey: 'key:hush' }
    )
    await katana.videos.extend({ ...film, finalFrameUrl: `${url}/last.png` }, next)
    expect(arrivals.map(({ path }) => path)).toEqual(['/last.png', '/v1/generation-requests?wait=false'])
    expect(arrivals[0]?.headers).not.toHaveProperty('x-api-key')
    expect(arrivals[1]?.json).toMatchObject(firstFrame(dataUrl('image/png', png())))
  })

  it('says so when there is none, and sends nothing', async () => {
    const { katana, arrivals } = await open((_, response) => answer(response, {}))
    await expect(katana.videos.extend(film, next)).rejects.toMatchObject({
      code: 'request/invalid',
      context: { violations: [{ rule: 'final_frame_missing' }] }
    })
    expect(arrivals).toEqual([])
  })

  it.each([404, 200])('sends nothing when the image on loopback is a %i and no image', async (status) => {
    const { katana, arrivals, url } = await open(
      (_, response) => void response.writeHead(status).end('<html>')
    )
    await expect(katana.videos.extend({ ...film, finalFrameUrl: `${url}/last.png` }, next)).rejects.toThrow()
    expect(arrivals.map(({ method }) => method)).toEqual(['GET'])
  })
})
