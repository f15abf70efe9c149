import type { JsonObject } from '@bursar/core'
import * as z from 'zod'
import type { Dimensions } from '../../images/dimensions.js'
import type { Format } from '../../images/encode-image.js'
import { findImageModel, type ImageModel } from '../catalogue/catalogue.js'
import { type CreditUnits, ceilToStep, parseCredits } from '../catalogue/credits.js'
import { type MediaImage, readMediaImage } from '../media/media-image.js'
import { chooseAspect, type Resolution, sizeOf } from './aspect-ratio.js'
import { catchRejection, ItemError, type ItemRejection } from './item-rejection.js'
import { parseItem } from './parse-item.js'

/** An image to be made. */
export interface ImageSpec {
  readonly kind: 'image'
  /** `jpg` in a request means `jpeg` (Katana 107). */
  readonly format: Format
  readonly model: ImageModel
  readonly prompt: string
  readonly aspect: string
  readonly size: Dimensions
  readonly credits: CreditUnits
}

/** The fields for source images. Within each list the names mean the same (Katana 111). */
const LIST_FIELDS = ['image_urls', 'input_images', 'input_image_urls'] as const
const SINGLE_FIELDS = ['image_url', 'input_image_url', 'input_image', 'input_image_b64'] as const
const ASSIST_FIELDS = ['use_assistant', 'prompt_assist', 'use_prompt_assist'] as const

const single = z.optional(z.string())
const list = z.optional(z.array(z.string()))
const flag = z.optional(z.boolean())

const imageItem = z.object({
  type: z.literal('image'),
  model: z.string(),
  prompt: z.string().trim().min(1).max(20_000),
  aspect_ratio: z.string(),
  output_format: z.enum(['png', 'jpeg', 'jpg', 'webp']).default('png'),
  output: z.optional(z.never()),
  image_urls: list,
  input_images: list,
  input_image_urls: list,
  image_url: single,
  input_image_url: single,
  input_image: single,
  input_image_b64: single,
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
export function readImageItem(input: JsonObject, keysAllowed: boolean): ImageSpec | ItemRejection {
  return catchRejection(() => {
    const item = parseItem(imageItem, input)
    const model = findImageModel(item.model, { keysAllowed })
    if (!model) throw new ItemError('no_such_model', `no such model: ${item.model}`)
    const [image] = readImages(item, model)
    const aspect = chooseAspect(item.aspect_ratio, model, image?.dimensions)
    const resolution = resolutionOf(item)
    assertHosted(item, model, resolution)
    return {
      kind: 'image',
      format: item.output_format === 'jpg' ? 'jpeg' : item.output_format,
      model,
      prompt: item.prompt,
      aspect,
      size: sizeOf(aspect, resolution),
      credits: creditsFor(model, resolution)
    }
  })
}

/** Models that need a source image and list no references take exactly one (Katana 108 to 110). */
function readImages(item: ImageItem, model: ImageModel): readonly MediaImage[] {
  const values = [
    ...LIST_FIELDS.flatMap((field) => item[field] ?? []),
    ...SINGLE_FIELDS.flatMap((field) => item[field] ?? [])
  ]
  if (values.length === 0 && model.requiresImageInput)
    throw new ItemError('image_required', `${model.id} needs an image`)
  const limit = model.requiresImageInput ? Math.max(1, model.maxReferenceImages) : model.maxReferenceImages
  if (values.length > limit)
    throw new ItemError('too_many_images', `${model.id} takes at most ${limit} images`)
  return values.map((value) => {
    const image = readMediaImage(value)
    if (typeof image === 'string') throw new ItemError('invalid_media', `an image is rejected: ${image}`)
    return image
  })
}

/** UHD wins when both are requested (Katana 112). */
function resolutionOf(item: ImageItem): Resolution {
  if (item.is_uhd || item.uhd_mode) return 'uhd'
  return item.is_fast || item.fast_mode ? 'fast' : 'normal'
}

/** Fast, UHD and prompt assist are for models that imgnAI hosts itself. */
function assertHosted(item: ImageItem, { id, inHouse }: ImageModel, resolution: Resolution): void {
  const usesOption = resolution !== 'normal' || ASSIST_FIELDS.some((field) => item[field])
  if (usesOption && !inHouse)
    throw new ItemError('unsupported_option', `${id} is not hosted by imgnAI: no fast, UHD or prompt assist`)
}

/** Katana says only that fast costs less. Half for fast and double for UHD are assumed. */
function creditsFor(model: ImageModel, resolution: Resolution): CreditUnits {
  const credits = parseCredits(model.credits)
  if (resolution === 'fast') return ceilToStep(credits / 2n)
  return resolution === 'uhd' ? credits * 2n : credits
}
