import type { Dimensions } from '../../images/dimensions.js'

const LONGEST_SIDE = 4096
const QUALITY = 90

/** An image as a model is shown it. */
export interface ChatImage extends Dimensions {
  readonly jpeg: Uint8Array
}

/**
 * Converts an image to what models are shown: a JPEG whose longest side is at most 4096 pixels, with its aspect ratio
 * kept (Katana 87).
 *
 * @returns undefined when it cannot be decoded.
 */
export async function toChatImage(bytes: Uint8Array): Promise<ChatImage | undefined> {
  const { default: sharp } = await import('sharp')
  try {
    const { data, info } = await sharp(bytes)
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: 'white' })
      .jpeg({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true })
    return { jpeg: data, width: info.width, height: info.height }
  } catch {
    return undefined
  }
}
