import type { JsonObject } from '@bursar/core'
import * as z from 'zod'
import type { Dimensions } from '../../images/dimensions.js'
import type { Format } from '../../images/encode-image.js'
import { findImageModel, type ImageModel } from '../catalogue/catalogue.js'
import { type CreditUnits, ceilToStep, parseCredits } from '../catalogue/credits.js'
import { type MediaImage, readMediaImage } from '../media/media-image.js'
import { nearestAspect, type Resolution, sizeOf } from './aspect-ratio.js'

/** An image to make. */
export interface ImageSpec {
  readonly kind: 'image'
  /** Katana 107: `jpg` is another word for `jpeg`. */
  readonly format: Format
  readonly model: ImageModel
  readonly prompt: string
  readonly aspect: string
  readonly size: Dimensions
  readonly credits: CreditUnits
}

/** Why an item is not taken. */
export interface ItemRejection {
  readonly code: string
  readonly message: string
}

/** The lists are equal to each other, and so are the single fields (Katana 111). */
const LIST_FIELDS = ['image_urls', 'input_images', 'input_image_urls'] as const
const SINGLE_FIELDS = ['image_url', 'input_image_url', 'input_image', 'input_image_b64'] as const
const ASSIST_FIELDS = ['use_assistant', 'prompt_assist', 'use_prompt_assist'] as const

const singles = z.optional(z.string())
const lists = z.optional(z.array(z.string()))
const flag = z.optional(z.boolean())

const imageItem = z.object({
  type: z.literal('image'),
  model: z.string(),
  prompt: z.string().trim().min(1).max(20_000),
  aspect_ratio: z.string(),
  output_format: z.enum(['png', 'jpeg', 'jpg', 'webp']).default('png'),
  output: z.optional(z.never()),
  image_urls: lists,
  input_images: lists,
  input_image_urls: lists,
  image_url: singles,
  input_image_url: singles,
  input_image: singles,
  input_image_b64: singles,
  is_fast: flag,
  fast_mode: flag,
  is_uhd: flag,
  uhd_mode: flag,
  use_assistant: flag,
  prompt_assist: flag,
  use_prompt_assist: flag
})

type ImageItem = z.infer<typeof imageItem>

/**
 * Reads an image item of a generation request.
 *
 * @param keysAllowed whether a model may be named by its internal key.
 * @returns what to make, or why the item is rejected.
 */
export function readImageItem(item: JsonObject, keysAllowed: boolean): ImageSpec | ItemRejection {
  const parsed = imageItem.safeParse(item)
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? ''
    return { code: 'invalid_request', message: `${field} is missing or not accepted` }
  }
  const { data } = parsed
  const model = findImageModel(data.model, keysAllowed)
  if (!model) return { code: 'no_such_model', message: `no such model: ${data.model}` }
  const images = readImages(data, model)
  if (!Array.isArray(images)) return images
  const aspect = chooseAspect(data.aspect_ratio, model, images)
  if (aspect === undefined) {
    return { code: 'unsupported_aspect_ratio', message: `${model.id} does not list ${data.aspect_ratio}` }
  }
  const resolution = resolutionOf(data)
  if ((resolution !== 'normal' || ASSIST_FIELDS.some((field) => data[field])) && !model.inHouse) {
    return {
      code: 'unsupported_option',
      message: `${model.id} is not hosted by imgnAI: no fast, UHD or prompt assist`
    }
  }
  return {
    kind: 'image',
    format: data.output_format === 'jpg' ? 'jpeg' : data.output_format,
    model,
    prompt: data.prompt,
    aspect,
    size: sizeOf(aspect, resolution),
    credits: creditsFor(model, resolution)
  }
}

/** Katana 108 to 110. Models that need a source image and list no references take exactly one. */
function readImages(item: ImageItem, model: ImageModel): MediaImage[] | ItemRejection {
  const values = [
    ...LIST_FIELDS.flatMap((field) => item[field] ?? []),
    ...SINGLE_FIELDS.flatMap((field) => item[field] ?? [])
  ]
  if (values.length === 0 && model.requiresImageInput) {
    return { code: 'image_required', message: `${model.id} needs an image` }
  }
  const limit = model.requiresImageInput ? Math.max(1, model.maxReferenceImages) : model.maxReferenceImages
  if (values.length > limit) {
    return { code: 'too_many_images', message: `${model.id} takes ${limit} images at most` }
  }
  const images: MediaImage[] = []
  for (const value of values) {
    const image = readMediaImage(value)
    if (typeof image === 'string') return { code: 'invalid_media', message: `an image is refused: ${image}` }
    images.push(image)
  }
  return images
}

/** Katana 97 to 99. */
function chooseAspect(asked: string, model: ImageModel, [first]: readonly MediaImage[]): string | undefined {
  if (asked !== 'auto') return model.aspects.includes(asked) ? asked : undefined
  if (first?.dimensions) return nearestAspect(model.aspects, first.dimensions)
  return model.aspects.includes('1:1') ? '1:1' : undefined
}

/** Katana 112: UHD wins when both are asked for. */
function resolutionOf(item: ImageItem): Resolution {
  if (item.is_uhd || item.uhd_mode) return 'uhd'
  return item.is_fast || item.fast_mode ? 'fast' : 'normal'
}

/** Katana says that fast costs less and no more: half and double are assumed. */
function creditsFor(model: ImageModel, resolution: Resolution): CreditUnits {
  const credits = parseCredits(model.credits)
  if (resolution === 'fast') return ceilToStep(credits / 2n)
  return resolution === 'uhd' ? credits * 2n : credits
}
