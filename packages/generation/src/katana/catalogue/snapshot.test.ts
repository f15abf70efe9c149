import { describe, expect, it } from 'vitest'
import { katanaCatalogue } from './snapshot.js'

const { images, videos, texts } = katanaCatalogue

describe('the catalogue of Katana', () => {
  it('has 49 image, 23 video and 39 text models, each under one name', () => {
    expect([images.length, videos.length, texts.length]).toEqual([49, 23, 39])
    for (const models of [images, videos, texts]) {
      expect(new Set(models.map(({ name }) => name)).size).toBe(models.length)
    }
    expect(new Set([...images, ...videos].map(({ key }) => key)).size).toBe(72)
  })

  it('Katana 91: thirteen models are private, and their names say so', () => {
    expect(texts.filter(({ isPrivate }) => isPrivate)).toHaveLength(13)
  })

  it('Katana 112: imgnAI hosts 24 of the image models', () => {
    expect(images.filter(({ isHosted }) => isHosted)).toHaveLength(24)
  })

  it('Katana 109: four image models cannot do without an image', () => {
    expect(images.filter((model) => model.needsSourceImage).map(({ name }) => name)).toEqual([
      'nano-banana',
      'qwen-image-edit',
      'flux-kontext-max',
      'flux-kontext-pro'
    ])
  })

  it('Katana 99: only the three Veo models do not list 1:1', () => {
    const without = [...images, ...videos].filter(({ aspects }) => !aspects.includes('1:1'))
    expect(without.map(({ name }) => name)).toEqual(['veo3-1', 'veo3-1-fast', 'veo3-1-lite'])
  })

  it('Katana 116: eight video models need a first frame', () => {
    expect(videos.filter((model) => model.needsFirstFrame)).toHaveLength(8)
  })

  it('Katana 117: no video model takes a middle frame, and every one a first', () => {
    expect(videos.some((model) => model.hasMidFrame)).toBe(false)
    expect(videos.every((model) => model.hasFirstFrame)).toBe(true)
  })

  it.each([
    ['lf_needs_ff', 3],
    ['reference_no_ff_or_lf', 7],
    ['audio_or_fflf_exclusive', 3],
    ['audio_15s_max', 3],
    ['audio_ff_only', 1],
    ['audio_drives_duration', 1],
    ['reference_is_voice_timbre', 2],
    ['audio_needs_reference_image', 0],
    ['reference_ff_only', 0]
  ] as const)('the custom rule %s binds %i models', (rule, count) => {
    expect(videos.filter(({ rules }) => rules.includes(rule))).toHaveLength(count)
  })

  it('prices in tenths of a credit, as the guide prints them', () => {
    expect(images.find(({ name }) => name === 'gpt-image-2')?.costTenths).toBe(140n)
    expect(videos.find(({ name }) => name === 'ltx-2-3')?.costsTenths.get(20)).toBe(800n)
    expect(texts.find(({ name }) => name === 'grok-4-3')?.costsTenths).toEqual({
      input: 2645n,
      output: 5289n,
      cacheRead: 424n
    })
    expect(140n * katanaCatalogue.atomicUsdPerTenth).toBe(72_800n)
  })

  it('S24: says what each model is, in the words of the guide', () => {
    for (const { name, features, description = '' } of [...images, ...videos, ...texts]) {
      expect(features.length, name).toBeGreaterThan(0)
      expect(description.length, name).toBeGreaterThan(20)
    }
    for (const { thumbnailUrl = '', type } of [...images, ...videos])
      expect(thumbnailUrl).toMatch(
        new RegExp(`^https://wasmall\\.imgnai\\.com/static/thumbnails/(?:alt/)?${type}/[\\w.-]+\\.webp$`)
      )
    for (const { releasedOn } of texts) expect(releasedOn).toMatch(/^20\d\d-\d\d-\d\d$/)
  })

  it('S24: tells the text models that call tools and give structured output from the others', () => {
    const without = (feature: string) => texts.filter(({ features }) => !features.includes(feature))
    expect(without('Tool calling').map(({ name }) => name)).toEqual([
      'grok-4-20-multi-agent',
      'qwen3-coder-480b-a35b-private'
    ])
    expect(without('Structured output').map(({ name }) => name)).toEqual(['qwen3-coder-480b-a35b-private'])
    const private_ = texts.filter(({ features }) => features.includes('E2EE Private'))
    expect(private_).toEqual(texts.filter(({ isPrivate }) => isPrivate))
    expect(texts.filter(({ features }) => features.includes('Vision'))).toEqual(
      texts.filter(({ reads }) => reads.includes('image'))
    )
  })

  it('S24: says of videos which features their fields say', () => {
    for (const { features, needsFirstFrame, hasLastFrame, maxReferenceImages, maxAudioFiles } of videos) {
      expect(features.includes('requires image input')).toBe(needsFirstFrame)
      expect(features.includes('last frame')).toBe(hasLastFrame)
      expect(features.includes(`reference images up to ${maxReferenceImages}`)).toBe(maxReferenceImages > 0)
      expect(features.includes(`audio input up to ${maxAudioFiles} file(s)`)).toBe(maxAudioFiles > 0)
    }
  })
})
