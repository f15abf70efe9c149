import type { JsonObject } from '@bursar/core'
import type { FieldNames } from '../../shared/checks/check-fields.js'
import { defined } from '../../shared/wire/defined.js'
import { atLeastOne, oneOf, sizeShaped, textUpTo, violationsOf, wholeNumber } from '../field-rules.js'
import type { ImageFamily } from '../model-family.js'
import { readImagesData } from '../wire/image-answers.js'

/** Images of any image model; ids are `provider/model` (TokenHub 57). */
export interface TokenHubImage {
  readonly model: string
  readonly prompt: string
  /** With an x: `2048x2048` (TokenHub 62). */
  readonly size?: string
  /** 1 to 10. Default: 1. */
  readonly n?: number
  readonly quality?: string
  /** GPT Image 2: the field is `format` (TokenHub 66). */
  readonly format?: 'png' | 'jpeg' | 'webp'
}

/** Images to be edited. */
export interface TokenHubEdit extends TokenHubImage {
  /** URLs or `data:` URLs, or files: all of one kind. */
  readonly images: readonly string[] | readonly Blob[]
  readonly mask?: string | Blob
}

const imageFields: FieldNames<TokenHubImage> = {
  model: true,
  prompt: true,
  size: true,
  n: true,
  quality: true,
  format: true
}

/** Any image model. */
export const image: ImageFamily<TokenHubImage> = {
  fields: imageFields,
  includes: () => true,
  check,
  request: (item) => ({ path: '/images/generations', body: fieldsOf(item) }),
  readImages: (answer) => readImagesData(answer)
}

/** Any image model that edits: JSON with URLs, or a form with files. */
export const imageEdit: ImageFamily<TokenHubEdit> = {
  fields: { ...imageFields, images: true, mask: true } satisfies FieldNames<TokenHubEdit>,
  includes: () => true,
  check: (item) => violationsOf(...check(item), atLeastOne('images', item.images)),
  request: (item) => ({ path: '/images/edits', body: editBody(item) }),
  readImages: (answer) => readImagesData(answer)
}

function check({ prompt, size, n, format }: TokenHubImage) {
  return violationsOf(
    textUpTo('prompt', prompt, 100_000),
    wholeNumber('n', n, { min: 1, max: 10 }),
    oneOf('format', format, ['png', 'jpeg', 'webp']),
    sizeShaped(size, /^\d{2,5}x\d{2,5}$/, 'WIDTHxHEIGHT')
  )
}

function editBody(item: TokenHubEdit): JsonObject | FormData {
  const { images, mask } = item
  const urls = images.filter((each) => typeof each === 'string')
  if (urls.length > 0)
    return { ...fieldsOf(item), image: urls, ...(typeof mask === 'string' ? { mask } : {}) }
  const form = new FormData()
  for (const [name, value] of Object.entries(fieldsOf(item))) form.append(name, String(value))
  for (const each of images) if (each instanceof Blob) form.append('image', each, 'image.png')
  if (mask instanceof Blob) form.append('mask', mask, 'mask.png')
  return form
}

function fieldsOf({ model, prompt, size, n, quality, format }: TokenHubImage): JsonObject {
  return { model, prompt, ...defined({ size, n, quality, format }) }
}
