import type { RequestViolation } from '@bursar/core'
import { canReadSize, imageSizeOf } from '../../../shared/media/image-size.js'
import { mediaTypeOf } from '../../../shared/media/media-type.js'
import { broken, oneOf, present, textUpTo, violationsOf, wholeNumber } from '../../check.js'
import { dataPictures } from '../../picture-answers.js'
import type { ImageShape } from '../../service.js'

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
  /** PNG, JPEG or WebP. */
  readonly images: readonly Uint8Array<ArrayBuffer>[]
  /** A PNG with an alpha channel of the first picture's size: where it is clear, the picture is changed (OpenClaw 17). */
  readonly mask?: Uint8Array<ArrayBuffer>
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
      checkMask(item)
    ),
  request({ model, prompt, images, mask, ...item }) {
    const form = new FormData()
    const fields = { model, prompt, size: item.size, quality: item.quality, n: item.n }
    for (const [name, value] of Object.entries({ ...fields, response_format: item.responseFormat }))
      if (value !== undefined) form.append(name, String(value))
    for (const [index, image] of images.entries()) {
      const { mimeType = 'image/png' } = mediaTypeOf(image) ?? {}
      const name = `image-${index}.${mimeType.slice('image/'.length)}`
      form.append('image', new Blob([image], { type: mimeType }), name)
    }
    if (mask) form.append('mask', new Blob([mask], { type: 'image/png' }), 'mask.png')
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

/** OpenClaw 17. */
function checkMask({ images: [first], mask }: GptImageEdit): RequestViolation | undefined {
  if (!mask) return undefined
  const allowed = 'a PNG with alpha of the size of the first picture, less than 50 MB'
  const wrong = (reason: string): RequestViolation => broken('mask', 'mask', `The mask ${reason}`, allowed)
  if (mask.byteLength >= MAX_MASK_BYTES) return wrong('has 50 MB or more')
  const size = imageSizeOf(mask, 'image/png')
  // Colour types 4 and 6 have alpha. @see PNG, section 11.2.2
  if (mediaTypeOf(mask)?.mimeType !== 'image/png' || !size || (mask[25] !== 4 && mask[25] !== 6))
    return wrong('is no PNG with alpha')
  const type = first && mediaTypeOf(first)?.mimeType
  const covered = type && canReadSize(type) ? imageSizeOf(first, type) : undefined
  const fits = !covered || (covered.width === size.width && covered.height === size.height)
  return fits ? undefined : wrong(`has ${size.width} x ${size.height} pixels`)
}
