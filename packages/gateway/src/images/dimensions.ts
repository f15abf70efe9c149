import { crc32 } from 'node:zlib'

/** Width and height in pixels. */
export interface Dimensions {
  readonly width: number
  readonly height: number
}

const PNG_SIGNATURE = '89504e470d0a1a0a'

/**
 * Returns the size of a PNG, JPEG, WebP or GIF. Anything else, and a file that breaks off, is `undefined`.
 */
export function readDimensions(bytes: Buffer): Dimensions | undefined {
  const size = pngSize(bytes) ?? jpegSize(bytes) ?? webpSize(bytes) ?? gifSize(bytes)
  return size && size.width > 0 && size.height > 0 ? size : undefined
}

/** Every chunk is walked, and its checksum checked against its data. */
function pngSize(bytes: Buffer): Dimensions | undefined {
  if (bytes.subarray(0, 8).toString('hex') !== PNG_SIGNATURE) return undefined
  let size: Dimensions | undefined
  for (let offset = 8; offset + 12 <= bytes.byteLength; ) {
    const end = offset + 12 + bytes.readUInt32BE(offset)
    if (end > bytes.byteLength) return undefined
    const type = bytes.toString('latin1', offset + 4, offset + 8)
    if (crc32(bytes.subarray(offset + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return undefined
    if (type === 'IHDR' && end >= offset + 25) {
      size = { width: bytes.readUInt32BE(offset + 8), height: bytes.readUInt32BE(offset + 12) }
    }
    if (type === 'IEND') return size
    offset = end
  }
  return undefined
}

/** The frame header among the marker segments, and an end marker. */
function jpegSize(bytes: Buffer): Dimensions | undefined {
  if (bytes.subarray(0, 3).toString('hex') !== 'ffd8ff') return undefined
  if (bytes.subarray(-2).toString('hex') !== 'ffd9') return undefined
  for (let offset = 2; offset + 9 <= bytes.byteLength && bytes[offset] === 0xff; ) {
    const marker = bytes[offset + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: bytes.readUInt16BE(offset + 7), height: bytes.readUInt16BE(offset + 5) }
    offset += 2 + bytes.readUInt16BE(offset + 2)
  }
  return undefined
}

function webpSize(bytes: Buffer): Dimensions | undefined {
  if (bytes.byteLength < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF') return undefined
  if (bytes.toString('latin1', 8, 12) !== 'WEBP' || bytes.readUInt32LE(4) + 8 > bytes.byteLength)
    return undefined
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
    default:
      return undefined
  }
}

function gifSize(bytes: Buffer): Dimensions | undefined {
  if (bytes.byteLength < 14 || !/^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6))) return undefined
  if (bytes[bytes.byteLength - 1] !== 0x3b) return undefined
  return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
}
