import { readDimensions } from '../../images/dimensions.js'
import type { Form } from '../form.js'

const MAX_MASK_BYTES = 50 * 1024 * 1024

/** Why the files of an edit are rejected. Undefined when they are accepted (OpenClaw 17). */
export function rejectFilesReason(files: Form['files']): string | undefined {
  const images = files.filter(({ name }) => name === 'image' || name === 'image[]')
  const [first] = images.map(({ bytes }) => readDimensions(bytes))
  if (images.length === 0) return 'image is required'
  if (!first) return 'image cannot be decoded'
  const mask = files.find(({ name }) => name === 'mask')
  if (!mask) return undefined
  if (mask.bytes.byteLength >= MAX_MASK_BYTES) return 'mask has 50 MB or more'
  const size = readDimensions(mask.bytes)
  if (!size || !hasAlpha(mask.bytes)) return 'mask must be a PNG with an alpha channel'
  const isSameSize = size.width === first.width && size.height === first.height
  return isSameSize ? undefined : 'mask must have the size of the image'
}

/** Colour types 4 and 6 have an alpha channel. @see PNG (Third Edition), section 11.2.1 */
function hasAlpha(bytes: Buffer): boolean {
  const isPng = bytes.subarray(1, 4).toString('latin1') === 'PNG'
  return isPng && (bytes[25] === 4 || bytes[25] === 6)
}
