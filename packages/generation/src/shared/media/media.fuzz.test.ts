import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mp3, png, wav } from '../../../test/samples.js'
import { audioSecondsOf } from './audio-length.js'
import { decodeBase64, encodeBase64 } from './base64.js'
import { imageSizeOf } from './image-size.js'
import { evaluateMedia } from './media-value.js'

const heads = [
  png(),
  wav(0.1),
  mp3(3),
  ...['\xff\xd8\xff', 'RIFF????WEBPVP8X', 'GIF89a', 'ID3'].map((head) => Buffer.from(head, 'latin1'))
]
/** Noise behind the beginning of something real. */
const media = fc
  .tuple(fc.constantFrom(...heads), fc.nat(80), fc.uint8Array({ maxLength: 200 }))
  .map(([head, cut, noise]) => new Uint8Array(Buffer.concat([head.subarray(0, cut), noise])))

it('reads any bytes as an image or an audio file without failing', () => {
  fc.assert(
    fc.property(media, (bytes) => {
      for (const type of ['image/png', 'image/jpeg', 'image/webp', 'image/gif']) {
        const size = imageSizeOf(bytes, type)
        if (size) expect(Math.min(size.width, size.height)).toBeGreaterThan(0)
      }
      for (const type of ['audio/wav', 'audio/mpeg'])
        expect(audioSecondsOf(bytes, type) ?? 0).toBeGreaterThanOrEqual(0)
    })
  )
})

it('judges any text without failing, and lets no other scheme than https through', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl(), media.map(encodeBase64)), (value) => {
      const judged = evaluateMedia(value, 'image')
      if (/^(?!https:|data:)[a-z][a-z\d+.-]+:/i.test(value)) expect(judged).toHaveProperty('problem')
    })
  )
})

it('encodes base64 as Node does, and decodes it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      const text = encodeBase64(bytes)
      expect(text).toBe(Buffer.from(bytes).toString('base64'))
      expect(decodeBase64(text)).toEqual(bytes)
    })
  )
})
