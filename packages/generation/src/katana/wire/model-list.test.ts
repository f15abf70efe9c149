import { describe, expect, it } from 'vitest'
import { openKatana as open } from '../../../test/katana.js'
import { answer, envelope, quickClock, type Script } from '../../../test/service.js'
import { createKatanaClient } from '../create-katana-client.js'
import { unlistedModel } from '../item.js'

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
