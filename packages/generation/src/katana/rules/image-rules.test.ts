import { describe, expect, it } from 'vitest'
import { imageFor, PICTURE } from '../../../test/items.js'
import { dataUrl, png, wav } from '../../../test/samples.js'
import type { ImageModel } from '../catalogue/model.js'
import { katanaCatalogue } from '../catalogue/snapshot.js'
import type { ResolvedImageItem } from '../resolved-item.js'
import { checkItem } from './check-item.js'

function modelOf(name: string): ImageModel {
  const model = katanaCatalogue.images.find((each) => each.name === name)
  if (!model) throw new TypeError(name)
  return model
}

function rulesBroken(name: string, changes: Partial<ResolvedImageItem>): string[] {
  const model = modelOf(name)
  return checkItem(imageFor(model, changes), model).map(({ field, rule }) => `${field}: ${rule}`)
}

const base64 = Buffer.from(png()).toString('base64')

describe.each(katanaCatalogue.images)('image model $name', (model) => {
  const most = model.needsSourceImage ? Math.max(1, model.maxReferenceImages) : model.maxReferenceImages
  const broken = (changes: Partial<ResolvedImageItem>) =>
    checkItem(imageFor(model, changes), model).map(({ rule }) => rule)

  it('Katana 107 and 113: is let through within its rules', () => {
    for (const aspectRatio of [...model.aspects, 'auto']) expect(broken({ aspectRatio })).toEqual([])
    for (const outputFormat of ['png', 'jpeg', 'jpg', 'webp'] as const)
      expect(broken({ outputFormat })).toEqual([])
    expect(broken({ images: new Array(Math.max(most, 0)).fill(PICTURE) })).toEqual([])
  })

  it('Katana 107, 113 and 119: is rejected against each rule that binds it', () => {
    expect(broken({ aspectRatio: '7:5' })).toEqual(['aspect_not_listed'])
    expect(broken({ outputFormat: 'gif' as 'png' })).toEqual(['output_format'])
    expect(broken({ prompt: ' ' })).toEqual(['prompt_missing'])
    expect(broken({ images: new Array(most + 1).fill(PICTURE) })).toEqual(['too_many_references'])
    if (most > 0) expect(broken({ images: ['http://example.com/a.png'] })).toEqual(['media_scheme'])
    if (model.needsSourceImage) expect(broken({ images: [] })).toEqual(['source_image_required'])
    const hosted = { isFast: true, isUhd: true, promptAssist: true }
    expect(broken(hosted)).toEqual(model.isHosted ? [] : new Array(3).fill('hosted_models_only'))
  })
})

describe('what the rules say', () => {
  it('Katana 97: names the field, the rule, and what would be allowed', () => {
    const model = modelOf('gpt-image-1-5')
    expect(checkItem(imageFor(model, { aspectRatio: '16:9' }), model)).toEqual([
      {
        field: 'aspectRatio',
        rule: 'aspect_not_listed',
        message: 'gpt-image-1-5 does not list "16:9"',
        allowed: '1:1, or auto'
      }
    ])
  })

  it('lists everything that is wrong at once', () => {
    expect(rulesBroken('gen', { prompt: '', aspectRatio: '1:9', images: [PICTURE] })).toEqual([
      'prompt: prompt_missing',
      'aspectRatio: aspect_not_listed',
      'images: too_many_references'
    ])
  })

  it('Katana 108: counts references', () => {
    expect(rulesBroken('gpt-image-2', { images: new Array(16).fill(PICTURE) })).toEqual([])
    expect(rulesBroken('gpt-image-2', { images: new Array(17).fill(PICTURE) })).toEqual([
      'images: too_many_references'
    ])
  })

  it.each(['qwen-image-edit', 'flux-kontext-max', 'flux-kontext-pro'])(
    'Katana 110: %s takes exactly one',
    (name) => {
      expect(rulesBroken(name, { images: [] })).toEqual(['images: source_image_required'])
      expect(rulesBroken(name, { images: [PICTURE] })).toEqual([])
      expect(rulesBroken(name, { images: [PICTURE, PICTURE] })).toEqual(['images: too_many_references'])
    }
  )

  it('Katana 102: takes HTTPS URLs, data URLs and raw base64', () => {
    const images = [PICTURE, dataUrl('image/png', png()), base64]
    expect(rulesBroken('gpt-image-2', { images })).toEqual([])
  })

  it.each([
    ['http://example.com/a.png', 'media_scheme'],
    ['file:///home/me/a.png', 'media_scheme'],
    ['/home/me/a.png', 'media_scheme'],
    ['./a.png', 'media_scheme'],
    ['a.png', 'media_scheme'],
    ['C:\\pictures\\a.png', 'media_scheme'],
    ['C:/pictures/a', 'media_scheme'],
    ['ftp://example.com/a.png', 'media_scheme'],
    ['javascript:alert(1)', 'media_scheme'],
    ['https://', 'media_scheme'],
    ['data:image/png,raw', 'media_encoding'],
    ['data:image/png;base64,@@@@', 'media_encoding'],
    ['data:image/png;base64,', 'media_encoding'],
    ['not base64!', 'media_encoding'],
    ['', 'media_encoding'],
    [dataUrl('image/png', Buffer.from('this is no picture')), 'media_corrupt'],
    [Buffer.from('neither is this').toString('base64'), 'media_corrupt'],
    [dataUrl('image/png', png().subarray(0, 40)), 'media_corrupt'],
    [dataUrl('image/png', png(0, 8)), 'media_corrupt'],
    [dataUrl('image/jpeg', Buffer.from('\xff\xd8\xff\xe0', 'latin1')), 'media_corrupt'],
    [dataUrl('image/png', wav(1)), 'media_kind']
  ])('Katana 100 and 101: rejects %j', (value, rule) => {
    expect(rulesBroken('gpt-image-2', { images: [PICTURE, value] })).toEqual([`images[1]: ${rule}`])
  })

  it('does not mistake the base64 of a JPEG, which begins with a slash, for a path', () => {
    const violations = rulesBroken('gpt-image-2', { images: [`/9j/${'A'.repeat(400)}`] })
    expect(violations).toEqual(['images[0]: media_corrupt'])
  })
})
