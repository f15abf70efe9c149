import { listOf, shown } from '../../shared/checks/invalid-request.js'
import type { ImageModel } from '../catalogue/model.js'
import type { ResolvedImageItem } from '../resolved-item.js'
import { aspectRule, mediaRule, promptRule } from './shared-rules.js'
import type { Rule } from './violation.js'

type ImageRule = Rule<ResolvedImageItem, ImageModel>

/** `jpg` is `jpeg` (Katana 107). */
const outputFormats: readonly string[] = ['png', 'jpeg', 'jpg', 'webp']

const outputFormat: ImageRule = ({ outputFormat: requested }) =>
  requested === undefined || outputFormats.includes(requested)
    ? []
    : [
        {
          field: 'outputFormat',
          rule: 'output_format',
          message: `There is no output format ${shown(requested)}`,
          allowed: listOf(outputFormats)
        }
      ]

/** Katana 109: an edit model needs an image to edit. */
const sourceImage: ImageRule = ({ images = [] }, { name, needsSourceImage }) =>
  needsSourceImage && images.length === 0
    ? [
        {
          field: 'images',
          rule: 'source_image_required',
          message: `${name} needs an image to edit`,
          allowed: 'one image at least'
        }
      ]
    : []

/** Katana 108 and 110: edit models that list no references take the one image that they edit. */
const references: ImageRule = ({ images = [] }, { name, needsSourceImage, maxReferenceImages }) => {
  const most = needsSourceImage ? Math.max(1, maxReferenceImages) : maxReferenceImages
  if (images.length <= most) return []
  const message = `${name} lists ${countOf(most)} as input, not ${images.length}`
  const allowed = `${countOf(most)} at most, or validate: false to let Katana decide`
  return [{ field: 'images', rule: 'too_many_references', message, allowed }]
}

/** Katana 112 and 113. Which of the hosted models understand tags is not published: all of them are let through. */
const hostedOnly: ImageRule = (item, { name, isHosted }) =>
  (['isFast', 'isUhd', 'promptAssist'] as const)
    .filter((field) => item[field] === true && !isHosted)
    .map((field) => ({
      field,
      rule: 'hosted_models_only',
      message: `${name} is not hosted by imgnAI and has no ${field}`,
      allowed: `no ${field}, or a model whose creator is imgnAI`
    }))

/** The rules of image items, in the order in which their findings are listed. */
export const imageRules: readonly ImageRule[] = [
  promptRule,
  (item, model) => aspectRule(item, model, (item.images ?? []).length > 0),
  outputFormat,
  sourceImage,
  references,
  hostedOnly,
  ({ images = [] }) => images.flatMap((value, index) => mediaRule(`images[${index}]`, value, 'image'))
]

/** Names a number of images. */
export function countOf(images: number): string {
  if (images === 0) return 'no images'
  return images === 1 ? 'one image' : `${images} images`
}
