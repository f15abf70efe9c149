import type { RequestViolation } from '@bursar/core'
import { broken, oneOf, present, textUpTo, violationsOf, wholeNumber } from '../../relay/check.js'
import { dataPictures } from '../../relay/picture-answers.js'
import type { ImageShape } from '../../relay/service.js'

/** What both a new picture of GPT Image's and a changed one say. */
interface GptPicture {
  readonly model: 'gpt-image-1.5-vvip' | 'gpt-image-1-vvip' | 'gpt-image-2' | 'gpt-image-2-vip'
  /** At most 32,000 characters (OpenClaw 15). */
  readonly prompt: string
  /** `auto` or `1024x1024`: with an x (OpenClaw 10). */
  readonly size?: string
  readonly quality?: 'auto' | 'low' | 'medium' | 'high'
  /** 1 to 10; gpt-image-2 makes one (OpenClaw 11). */
  readonly n?: number
  /** Default `url`. */
  readonly responseFormat?: 'url' | 'b64_json'
}

/** A picture of GPT Image's. */
export interface GptImage extends GptPicture {
  readonly background?: 'auto' | 'transparent' | 'opaque'
  readonly outputFormat?: 'png' | 'jpeg' | 'webp'
  /** 0, the best, to 100, the smallest: the other way round than OpenAI's. */
  readonly outputCompression?: number
  readonly moderation?: 'auto' | 'low'
}

/** Pictures that are to be changed by GPT Image. */
export interface GptImageEdit extends GptPicture {
  readonly images: readonly (Blob | Uint8Array<ArrayBuffer>)[]
  /** A PNG with an alpha channel of the first picture's size: where it is clear, the picture is changed (OpenClaw 17). */
  readonly mask?: Blob | Uint8Array<ArrayBuffer>
}

const MAX_PROMPT = 32_000
const MAX_MASK_BYTES = 50 * 1024 * 1024

/** GPT Image, made anew. */
export const gptImage: ImageShape<GptImage> = {
  takes: isGptImage,
  check: (item) =>
    violationsOf(
      ...common(item),
      oneOf('background', item.background, ['auto', 'transparent', 'opaque']),
      oneOf('outputFormat', item.outputFormat, ['png', 'jpeg', 'webp']),
      wholeNumber('outputCompression', item.outputCompression, 0, 100),
      oneOf('moderation', item.moderation, ['auto', 'low']),
      item.background === 'transparent' &&
        item.outputFormat === 'jpeg' &&
        broken('outputFormat', 'transparent_needs_alpha', 'JPEG knows no transparency', 'png or webp')
    ),
  request: ({ model, prompt, ...item }) => ({
    path: '/images/generations',
    body: {
      model,
      prompt,
      ...present({
        size: item.size,
        quality: item.quality,
        n: item.n,
        background: item.background,
        output_format: item.outputFormat,
        output_compression: item.outputCompression,
        moderation: item.moderation,
        response_format: item.responseFormat
      })
    }
  }),
  read: (answer) => dataPictures(answer)
}

/** GPT Image, changed: a form with files. */
export const gptImageEdit: ImageShape<GptImageEdit> = {
  takes: isGptImage,
  check: (item) =>
    violationsOf(
      ...common(item),
      item.images.length === 0 && broken('images', 'missing', 'There is no picture to change', 'one or more'),
      item.mask &&
        sizeOf(item.mask) >= MAX_MASK_BYTES &&
        broken('mask', 'too_large', 'The mask has 50 MB or more', 'less than 50 MB')
    ),
  request({ model, prompt, images, mask, ...item }) {
    const form = new FormData()
    const fields = { model, prompt, size: item.size, quality: item.quality, n: item.n }
    for (const [name, value] of Object.entries({ ...fields, response_format: item.responseFormat }))
      if (value !== undefined) form.append(name, String(value))
    for (const [index, image] of images.entries()) form.append('image', blobOf(image), `image-${index}.png`)
    if (mask) form.append('mask', blobOf(mask), 'mask.png')
    return { path: '/images/edits', body: form }
  },
  read: (answer) => dataPictures(answer)
}

function isGptImage(model: string): boolean {
  return model.startsWith('gpt-image-')
}

function isSecond(model: string): boolean {
  return model.startsWith('gpt-image-2')
}

function common({ model, prompt, size, quality, n, responseFormat }: GptPicture) {
  return violationsOf(
    textUpTo('prompt', prompt, MAX_PROMPT),
    checkSize(model, size),
    oneOf('quality', quality, ['auto', 'low', 'medium', 'high']),
    wholeNumber('n', n, 1, isSecond(model) ? 1 : 10),
    oneOf('responseFormat', responseFormat, ['url', 'b64_json'])
  )
}

const firstSizes = ['auto', '1024x1024', '1536x1024', '1024x1536'] as const
const MAX_SIDE = 3840
const STEP = 16
const MAX_RATIO = 3

/** OpenClaw 10 and 12. */
function checkSize(model: string, size: string | undefined): RequestViolation | undefined {
  if (size === undefined || size === 'auto') return undefined
  if (!isSecond(model)) return oneOf('size', size, firstSizes)
  const [, width, height] = (/^(\d{2,4})x(\d{2,4})$/.exec(size) ?? []).map(Number)
  const fits =
    width !== undefined &&
    height !== undefined &&
    Math.max(width, height) <= MAX_SIDE &&
    width % STEP === 0 &&
    height % STEP === 0 &&
    Math.max(width, height) <= MAX_RATIO * Math.min(width, height)
  if (fits) return undefined
  const allowed = `auto, or WIDTHxHEIGHT in steps of ${STEP}, up to ${MAX_SIDE}, no longer than ${MAX_RATIO}:1`
  return broken('size', 'size', `size is "${size.slice(0, 40)}"`, allowed)
}

function blobOf(data: Blob | Uint8Array<ArrayBuffer>): Blob {
  return data instanceof Blob ? data : new Blob([data], { type: 'image/png' })
}

function sizeOf(data: Blob | Uint8Array): number {
  return data instanceof Blob ? data.size : data.byteLength
}
