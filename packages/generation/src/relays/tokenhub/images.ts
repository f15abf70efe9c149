import type { JsonObject } from '@bursar/core'
import { broken, oneOf, present, textUpTo, violationsOf, wholeNumber } from '../check.js'
import { dataPictures } from '../picture-answers.js'
import type { ImageShape } from '../service.js'

/** Pictures of any image model; ids are `provider/model` (TokenHub 57). */
export interface TokenHubImage {
  readonly model: string
  readonly prompt: string
  /** With an x: `2048x2048` (TokenHub 62). */
  readonly size?: string
  /** 1 to 10. Default 1. */
  readonly n?: number
  readonly quality?: string
  /** GPT Image 2: the field is `format` (TokenHub 66). */
  readonly format?: 'png' | 'jpeg' | 'webp'
}

/** Pictures to be changed. */
export interface TokenHubEdit extends TokenHubImage {
  /** URLs or `data:` URLs, or files: all of one kind. */
  readonly images: readonly string[] | readonly Blob[]
  readonly mask?: string | Blob
}

/** Any image model. */
export const image: ImageShape<TokenHubImage> = {
  takes: () => true,
  check,
  request: (item) => ({ path: '/images/generations', body: fieldsOf(item) }),
  read: (answer) => dataPictures(answer)
}

/** Any image model that changes pictures: JSON with URLs, or a form with files. */
export const imageEdit: ImageShape<TokenHubEdit> = {
  takes: () => true,
  check: (item) =>
    violationsOf(
      ...check(item),
      item.images.length === 0 && broken('images', 'missing', 'There is no picture to change', 'one or more')
    ),
  request(item) {
    const { images, mask } = item
    const urls = images.filter((each) => typeof each === 'string')
    if (urls.length > 0)
      return {
        path: '/images/edits',
        body: { ...fieldsOf(item), image: urls, ...(typeof mask === 'string' ? { mask } : {}) }
      }
    const form = new FormData()
    for (const [name, value] of Object.entries(fieldsOf(item))) form.append(name, String(value))
    for (const each of images) if (each instanceof Blob) form.append('image', each, 'image.png')
    if (mask instanceof Blob) form.append('mask', mask, 'mask.png')
    return { path: '/images/edits', body: form }
  },
  read: (answer) => dataPictures(answer)
}

function check({ prompt, size, n, format }: TokenHubImage) {
  return violationsOf(
    textUpTo('prompt', prompt, 100_000),
    wholeNumber('n', n, 1, 10),
    oneOf('format', format, ['png', 'jpeg', 'webp']),
    size !== undefined &&
      !/^\d{2,5}x\d{2,5}$/.test(size) &&
      broken('size', 'size', `size is "${size.slice(0, 40)}"`, 'WIDTHxHEIGHT')
  )
}

function fieldsOf({ model, prompt, size, n, quality, format }: TokenHubImage): JsonObject {
  return { model, prompt, ...present({ size, n, quality, format }) }
}
