import type { FieldNames } from '../../../shared/checks/check-fields.js'
import { defined } from '../../../shared/wire/defined.js'
import { oneOf, violationsOf, wholeNumber } from '../../field-rules.js'
import type { ImageFamily } from '../../model-family.js'
import { readImagesData } from '../../wire/image-answers.js'
import { checkGptImage, type GptImageFields, isGptImage } from './gpt-image-fields.js'

/** A new image of GPT Image. */
export interface GptImage extends GptImageFields {
  readonly background?: 'auto' | 'transparent' | 'opaque'
  readonly outputFormat?: 'png' | 'jpeg' | 'webp'
  /** 0, the best, to 100, the smallest: the other way round than OpenAI's. */
  readonly outputCompression?: number
  readonly moderation?: 'auto' | 'low'
}

/** GPT Image, making new images. */
export const gptImage: ImageFamily<GptImage> = {
  fields: {
    model: true,
    prompt: true,
    size: true,
    quality: true,
    n: true,
    responseFormat: true,
    background: true,
    outputFormat: true,
    outputCompression: true,
    moderation: true
  } satisfies FieldNames<GptImage>,
  includes: isGptImage,
  check: (item) =>
    violationsOf(
      ...checkGptImage(item),
      oneOf('background', item.background, ['auto', 'transparent', 'opaque']),
      oneOf('outputFormat', item.outputFormat, ['png', 'jpeg', 'webp']),
      wholeNumber('outputCompression', item.outputCompression, { min: 0, max: 100 }),
      oneOf('moderation', item.moderation, ['auto', 'low']),
      item.background === 'transparent' && item.outputFormat === 'jpeg' && transparentJpeg
    ),
  request: ({ model, prompt, ...item }) => ({
    path: '/images/generations',
    body: {
      model,
      prompt,
      ...defined({
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
  readImages: (answer) => readImagesData(answer)
}

/** OpenClaw 13. */
const transparentJpeg = {
  field: 'outputFormat',
  rule: 'transparent_needs_alpha',
  message: 'JPEG has no transparency',
  allowed: 'png or webp'
}
