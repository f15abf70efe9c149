import { encodePng } from './png.js'
import type { RasterImage } from './raster-image.js'

/** The file formats of an image. */
export type Format = 'png' | 'jpeg' | 'webp'

const QUALITY = 90

/**
 * Encodes an image.
 *
 * @param description kept in the file, where the format has room for it.
 */
export async function encodeImage(
  raster: RasterImage,
  format: Format,
  description: string
): Promise<Uint8Array> {
  if (format === 'png') return encodePng(raster, description)
  // Loaded for those who ask for such a file.
  const { default: sharp } = await import('sharp')
  const { width, height, pixels } = raster
  const image = sharp(pixels, { raw: { width, height, channels: 3 } })
  return format === 'jpeg'
    ? image.jpeg({ quality: QUALITY }).toBuffer()
    : image.webp({ quality: QUALITY }).toBuffer()
}
