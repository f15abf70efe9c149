import { promisify } from 'node:util'
import { crc32, deflate } from 'node:zlib'
import type { RasterImage } from './raster-image.js'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const TRUECOLOUR = 2
/** Row filter "Up": each byte as its difference to the one above, which suits gradients. */
const UP = 2

const compress = promisify(deflate)

/**
 * Encodes an image as PNG, eight bits a channel, with its text as an `iTXt` chunk.
 *
 * @param description what the image was drawn from, in UTF-8.
 * @see PNG (Third Edition), sections 5 and 11
 */
export async function encodePng(image: RasterImage, description: string): Promise<Buffer> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(image.width, 0)
  header.writeUInt32BE(image.height, 4)
  header[8] = 8
  header[9] = TRUECOLOUR
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    // Keyword, no compression, no language, no translated keyword.
    chunk('iTXt', Buffer.from(`Description\0\0\0\0\0${description}`)),
    chunk('IDAT', await compress(filtered(image), { level: 6 })),
    chunk('IEND', Buffer.alloc(0))
  ])
}

function filtered({ width, height, pixels }: RasterImage): Buffer {
  const stride = width * 3
  const rows = Buffer.alloc(height * (stride + 1))
  for (let row = 0; row < height; row++) {
    const target = row * (stride + 1)
    const source = row * stride
    rows[target] = UP
    for (let index = 0; index < stride; index++) {
      const above = row === 0 ? 0 : (pixels[source + index - stride] ?? 0)
      rows[target + 1 + index] = (pixels[source + index] ?? 0) - above
    }
  }
  return rows
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(typed.byteLength + 8)
  framed.writeUInt32BE(data.byteLength, 0)
  typed.copy(framed, 4)
  framed.writeUInt32BE(crc32(typed), typed.byteLength + 4)
  return framed
}
