import { type Dimensions, readDimensions } from '../../images/dimensions.js'
import { decodeBase64 } from './base64.js'

/** An image that was sent along. A URL is not fetched, so that the size behind it is unknown. */
export interface MediaImage {
  readonly dimensions?: Dimensions
  readonly bytes?: Uint8Array
}

const dataUrl = /^data:image\/[\w.+-]{1,40};base64,/

/**
 * Reads an image value: an HTTPS URL, a data URL or raw base64 (Katana 100 to 102).
 *
 * @returns the image, or why it is rejected.
 */
export function readMediaImage(value: string): MediaImage | string {
  if (/^https:\/\//i.test(value)) return URL.canParse(value) ? {} : 'not a valid URL'
  const prefix = dataUrl.exec(value)?.[0] ?? ''
  if (prefix === '' && /^[a-z][a-z\d+.-]*:/i.test(value))
    return 'only HTTPS URLs, data URLs of images and base64 are accepted'
  const bytes = decodeBase64(value.slice(prefix.length))
  if (!bytes) return 'neither an HTTPS URL nor base64; local paths are not accepted'
  const dimensions = readDimensions(bytes)
  return dimensions ? { dimensions, bytes } : 'its base64 is corrupt or not an image'
}
