import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readDimensions } from './dimensions.js'
import { drawImage } from './draw-image.js'
import { encodePng } from './png.js'
import type { RasterImage } from './raster-image.js'

/** Reads a PNG back, with nothing of the encoder: chunks, inflation, and the filters it may use. */
function decodePng(png: Buffer): { image: RasterImage; texts: string[] } {
  const data: Buffer[] = []
  const texts: string[] = []
  let header = Buffer.alloc(13)
  for (let offset = 8; offset < png.byteLength; ) {
    const length = png.readUInt32BE(offset)
    const type = png.toString('latin1', offset + 4, offset + 8)
    const body = png.subarray(offset + 8, offset + 8 + length)
    if (type === 'IHDR') header = Buffer.from(body)
    if (type === 'IDAT') data.push(body)
    if (type === 'iTXt') texts.push(body.toString('utf8').split('\0').at(-1) ?? '')
    offset += 12 + length
  }
  const width = header.readUInt32BE(0)
  const height = header.readUInt32BE(4)
  const rows = inflateSync(Buffer.concat(data))
  const stride = width * 3
  expect(rows.byteLength).toBe(height * (stride + 1))
  const pixels = unfilter(rows, height, stride)
  return { image: { width, height, pixels }, texts }
}

/** Undoes the filter "Up", the only one in use. */
function unfilter(rows: Buffer, height: number, stride: number): Uint8Array {
  const pixels = new Uint8Array(height * stride)
  for (let row = 0; row < height; row++) {
    expect(rows[row * (stride + 1)]).toBe(2)
    for (let index = 0; index < stride; index++) {
      const above = pixels[(row - 1) * stride + index] ?? 0
      pixels[row * stride + index] = (rows[row * (stride + 1) + 1 + index] ?? 0) + above
    }
  }
  return pixels
}

describe('an image', () => {
  it('comes back from its PNG pixel for pixel, with the prompt as text', async () => {
    const image = drawImage('Café, 木 & more', 120, 90)
    const { image: decoded, texts } = decodePng(await encodePng(image, 'Café, 木 & more'))
    expect(decoded).toEqual(image)
    expect(texts).toEqual(['Café, 木 & more'])
  })

  it('has the size it says', async () => {
    expect(readDimensions(await encodePng(drawImage('x', 64, 200), 'x'))).toEqual({ width: 64, height: 200 })
  })

  it('is the same for the same prompt and another for another', () => {
    expect(drawImage('one', 60, 60)).toEqual(drawImage('one', 60, 60))
    expect(drawImage('one', 60, 60)).not.toEqual(drawImage('two', 60, 60))
  })

  it('shows the prompt: the caption differs where only the words do', () => {
    const bottom = (prompt: string): string => {
      const { pixels } = drawImage(prompt, 256, 128)
      return Buffer.from(pixels.subarray(pixels.byteLength - 256 * 3 * 30)).toString('base64')
    }
    const bright = (prompt: string): number =>
      Buffer.from(bottom(prompt), 'base64').filter((byte) => byte > 225).length
    expect(bright('AAAAAAAAAAAA')).toBeGreaterThan(bright('.') + 100)
  })

  it('can be of any shape, down to one pixel', async () => {
    for (const [width, height] of [
      [1, 1],
      [3, 400],
      [400, 3]
    ] as const) {
      expect(readDimensions(await encodePng(drawImage('tiny', width, height), 'tiny'))).toEqual({
        width,
        height
      })
    }
  })
})
