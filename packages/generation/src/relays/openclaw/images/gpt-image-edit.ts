import type { RequestViolation } from '@bursar/core'
import type { FieldNames } from '../../../shared/checks/check-fields.js'
import { canReadSize, imageSizeOf } from '../../../shared/media/image-size.js'
import { mediaTypeOf } from '../../../shared/media/media-type.js'
import { atLeastOne, violationsOf } from '../../field-rules.js'
import { imageForm } from '../../image-form.js'
import type { ImageFamily } from '../../model-family.js'
import { readImagesData } from '../../wire/image-answers.js'
import { checkGptImage, type GptImageFields, isGptImage } from './gpt-image-fields.js'

/** Images that GPT Image edits. */
export interface GptImageEdit extends GptImageFields {
  /** PNG, JPEG or WebP. */
  readonly images: readonly Uint8Array<ArrayBuffer>[]
  /** A PNG with an alpha channel of the first image's size: where it is clear, the image is edited (OpenClaw 17). */
  readonly mask?: Uint8Array<ArrayBuffer>
}

const MAX_MASK_BYTES = 50 * 1024 * 1024

/** GPT Image, editing: a form with files. */
export const gptImageEdit: ImageFamily<GptImageEdit> = {
  fields: {
    model: true,
    prompt: true,
    images: true,
    mask: true,
    size: true,
    quality: true,
    n: true,
    responseFormat: true
  } satisfies FieldNames<GptImageEdit>,
  includes: isGptImage,
  check: (item) => violationsOf(...checkGptImage(item), atLeastOne('images', item.images), checkMask(item)),
  request: (item) => ({ path: '/images/edits', body: formOf(item) }),
  readImages: (answer) => readImagesData(answer)
}

function formOf({ model, prompt, images, mask, size, quality, n, responseFormat }: GptImageEdit): FormData {
  const fields = { model, prompt, size, quality, n, response_format: responseFormat }
  return imageForm({ fields, images, mask })
}

/** OpenClaw 17. */
function checkMask({ images: [first], mask }: GptImageEdit): RequestViolation | undefined {
  const problem = mask && problemOfMask(mask, first)
  if (problem === undefined) return undefined
  const allowed = 'a PNG with alpha of the size of the first image, less than 50 MB'
  return { field: 'mask', rule: 'mask', message: `The mask ${problem}`, allowed }
}

function problemOfMask(mask: Uint8Array, image: Uint8Array | undefined): string | undefined {
  if (mask.byteLength >= MAX_MASK_BYTES) return 'has 50 MB or more'
  const size = imageSizeOf(mask, 'image/png')
  if (mediaTypeOf(mask)?.mimeType !== 'image/png' || !size || !hasAlpha(mask)) return 'is no PNG with alpha'
  const type = image && mediaTypeOf(image)?.mimeType
  const covered = type && canReadSize(type) ? imageSizeOf(image, type) : undefined
  const fits = !covered || (covered.width === size.width && covered.height === size.height)
  return fits ? undefined : `has ${size.width} x ${size.height} pixels`
}

/** Colour types 4 and 6. @see PNG, section 11.2.2 */
function hasAlpha(png: Uint8Array): boolean {
  return png[25] === 4 || png[25] === 6
}
