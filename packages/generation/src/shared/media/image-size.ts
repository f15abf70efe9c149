/** The size of an image in pixels. */
export interface ImageSize {
  readonly width: number
  readonly height: number
}

/**
 * Reads the size of a PNG, JPEG, WebP or GIF, and with it whether the image is whole enough to have one:
 * `undefined` when its header is broken or its end is missing.
 */
export function imageSizeOf(bytes: Uint8Array, mimeType: string): ImageSize | undefined {
  const size = readers.get(mimeType)?.(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  return size && size.width > 0 && size.height > 0 ? size : undefined
}

/** Whether {@link imageSizeOf} can read a format: one that it cannot is not called corrupt. */
export function canReadSize(mimeType: string): boolean {
  return readers.has(mimeType)
}

type Reader = (view: DataView) => ImageSize | undefined

const readers: ReadonlyMap<string, Reader> = new Map([
  ['image/png', readPng],
  ['image/jpeg', readJpeg],
  ['image/webp', readWebp],
  ['image/gif', readGif]
])

/** @see PNG specification, sections 5.3 (chunks), 11.2.2 (IHDR) and 11.2.5 (IEND) */
function readPng(view: DataView): ImageSize | undefined {
  const IEND = 0x49454e44
  if (view.byteLength < 57 || view.getUint32(12) !== 0x49484452) return undefined
  for (let at = 8; at + 12 <= view.byteLength; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === IEND) return { width: view.getUint32(16), height: view.getUint32(20) }
  }
  return undefined
}

/** Walks the segments to the frame header. @see ITU-T T.81, annex B */
function readJpeg(view: DataView): ImageSize | undefined {
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) at++
    else if (isFrameHeader(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    else at += 2 + Math.max(2, view.getUint16(at + 2))
  }
  return undefined
}

/** SOF0 to SOF15, without DHT, JPG and DAC, which lie among them. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

/** @see RFC 9649, section 2 */
function readWebp(view: DataView): ImageSize | undefined {
  if (view.byteLength < 30 || view.getUint32(4, true) + 8 > view.byteLength) return undefined
  const uint24 = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
  switch (view.getUint32(12)) {
    case 0x56503820: // "VP8 "
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    case 0x5650384c: {
      // "VP8L"
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 }
    }
    case 0x56503858: // "VP8X"
      return { width: uint24(24) + 1, height: uint24(27) + 1 }
    default:
      return undefined
  }
}

function readGif(view: DataView): ImageSize | undefined {
  if (view.byteLength < 14) return undefined
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
}
