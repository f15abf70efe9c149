import { describe, expect, it } from 'vitest'
import { readDimensions } from './dimensions.js'

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex')

const jpeg = hex(
  'ffd8 ffe0 0004 4a46 ffc4 0003 00 ffc0 0011 08 0040 0080 03 012200 021101 031101 ffda 0002 ffd9'
)
const webpLossless = hex(`52494646 18000000 57454250 5650384c 0b000000 2f ${'3f c0 0f 00'} 000000000000 00`)
const gif = hex('474946383961 0a00 1400 000000 2c 3b')

describe('the size of an image', () => {
  it('is read from JPEG, WebP and GIF', () => {
    expect(readDimensions(jpeg)).toEqual({ width: 128, height: 64 })
    expect(readDimensions(webpLossless)).toEqual({ width: 64, height: 64 })
    expect(readDimensions(gif)).toEqual({ width: 10, height: 20 })
  })

  it('is not guessed where the file breaks off or is something else', () => {
    expect(readDimensions(jpeg.subarray(0, -2))).toBeUndefined()
    expect(readDimensions(webpLossless.subarray(0, 20))).toBeUndefined()
    expect(readDimensions(gif.subarray(0, -1))).toBeUndefined()
    expect(readDimensions(Buffer.from('%PDF-1.7'))).toBeUndefined()
    expect(readDimensions(Buffer.alloc(0))).toBeUndefined()
  })
})
