import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readMediaImage } from '../katana/media/media-image.js'
import { readDimensions } from './dimensions.js'

const heads = ['89504e470d0a1a0a', 'ffd8ff', '524946460000000057454250', '474946383961', ''].map((hex) =>
  Buffer.from(hex, 'hex')
)

it('whatever the bytes, a size is read or there is none', () => {
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }), (head, tail) => {
      const size = readDimensions(Buffer.concat([head, tail]))
      expect(size === undefined || (size.width > 0 && size.height > 0)).toBe(true)
    })
  )
})

it('whatever the text, it is an image or rejected with a reason', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(['object', 'string']).toContain(typeof readMediaImage(text))
    })
  )
})
