import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { drawImage } from '../../images/draw-image.js'
import { encodePng } from '../../images/png.js'
import { formatCredits } from '../catalogue/credits.js'
import { readImageItem } from './image-item.js'

const image = (await encodePng(drawImage('wide', 96, 40), 'wide')).toString('base64')
const url = 'https://example.com/a.png'

function read(changes: JsonObject): ReturnType<typeof readImageItem> {
  return readImageItem(
    { type: 'image', model: 'gen', prompt: 'A mug', aspect_ratio: '1:1', ...changes },
    true
  )
}

describe('a good item', () => {
  it('is drawn in the size of its ratio', () => {
    expect(read({ aspect_ratio: '21:9' })).toMatchObject({
      aspect: '21:9',
      size: { width: 1024, height: 439 }
    })
    expect(read({ aspect_ratio: '9:16' })).toMatchObject({ size: { width: 576, height: 1024 } })
  })

  it('Katana 96: may name its model by the internal key, unless that is rejected', () => {
    expect(read({ model: 'gpt2image' })).toMatchObject({ model: { id: 'gpt-image-2' } })
    const item = { type: 'image', model: 'gpt2image', prompt: 'x', aspect_ratio: '1:1' }
    expect(readImageItem(item, false)).toMatchObject({ code: 'no_such_model' })
  })

  it.each(['image_urls', 'input_images', 'input_image_urls'])('Katana 111: takes a list in %s', (field) => {
    expect(read({ model: 'gpt-image-2', [field]: [url, image] })).toMatchObject({ aspect: '1:1' })
  })

  it.each(['image_url', 'input_image_url', 'input_image', 'input_image_b64'])(
    'Katana 111: takes one in %s',
    (field) => {
      expect(read({ model: 'gpt-image-2', [field]: image })).toMatchObject({ aspect: '1:1' })
    }
  )

  it('Katana 98 and 102: auto takes the listed ratio nearest to the first image, in a data URL or bare', () => {
    for (const value of [image, `data:image/png;base64,${image}`]) {
      const item = { model: 'gpt-image-2', aspect_ratio: 'auto', image_urls: [value] }
      expect(read(item)).toMatchObject({ aspect: '21:9' })
    }
  })

  it('Katana 99: auto without an image means 1:1', () => {
    expect(read({ aspect_ratio: 'auto' })).toMatchObject({ aspect: '1:1' })
  })

  it('Katana 112: fast halves the size and the price, UHD doubles both and wins', () => {
    const fast = read({ is_fast: true })
    const both = read({ fast_mode: true, uhd_mode: true })
    expect(fast).toMatchObject({ size: { width: 512, height: 512 } })
    expect(both).toMatchObject({ size: { width: 2048, height: 2048 } })
    expect('credits' in fast && formatCredits(fast.credits)).toBe('1.5')
    expect('credits' in both && formatCredits(both.credits)).toBe('6')
  })
})

describe('an item is rejected', () => {
  it.each<[string, JsonObject, string]>([
    ['Katana 95: for an unknown model', { model: 'gpt-image-9' }, 'no_such_model'],
    ['without a prompt', { prompt: '  ' }, 'invalid_request'],
    ['without an aspect ratio', { aspect_ratio: null }, 'invalid_request'],
    [
      'Katana 97: for a ratio that the model does not list',
      { model: 'gpt-image-2', aspect_ratio: '5:2' },
      'unsupported_aspect_ratio'
    ],
    ['Katana 107: for an unknown format', { output_format: 'bmp' }, 'invalid_request'],
    ['for an output object', { output: { format: 'png' } }, 'invalid_request'],
    ['Katana 108: for an image where the model takes none', { image_url: url }, 'too_many_images'],
    [
      'Katana 108: for more images than the model takes',
      { model: 'gpt-image-2', image_urls: Array(17).fill(url) },
      'too_many_images'
    ],
    ['Katana 109: without the image that the model needs', { model: 'nano-banana' }, 'image_required'],
    [
      'Katana 110: for two images where one is the source',
      { model: 'qwen-image-edit', image_urls: [url, url] },
      'too_many_images'
    ],
    [
      'Katana 112: for fast on a model that imgnAI does not host',
      { model: 'gpt-image-2', is_fast: true },
      'unsupported_option'
    ],
    [
      'Katana 113: for prompt assist on such a model',
      { model: 'gpt-image-2', use_assistant: true },
      'unsupported_option'
    ]
  ])('%s', (_why, changes, code) => {
    expect(read(changes)).toMatchObject({ code })
  })

  it.each([
    ['an http URL', 'http://example.com/a.png'],
    ['a file URL', 'file:///etc/passwd'],
    ['a local path', '/tmp/a.png'],
    ['a data URL of something else', 'data:text/plain;base64,aGk='],
    ['base64 that is no image', 'aGVsbG8gd29ybGQ='],
    ['an image that breaks off', image.slice(0, 400)],
    [
      'an image with a bit flipped',
      `${image.slice(0, 120)}${image[120] === 'A' ? 'B' : 'A'}${image.slice(121)}`
    ],
    ['nothing', '']
  ])('Katana 100 and 101: for %s as its image', (_what, value) => {
    expect(read({ model: 'gpt-image-2', image_urls: [value] })).toMatchObject({ code: 'invalid_media' })
  })
})
