import type { FieldNames } from '../../../shared/checks/check-fields.js'
import { defined } from '../../../shared/wire/defined.js'
import { sizeShaped, textUpTo, violationsOf, wholeNumber } from '../../field-rules.js'
import type { ImageFamily } from '../../model-family.js'
import { readImagesData } from '../../wire/image-answers.js'

/** Images of GPT, Seedream or DALL·E, which are requested as OpenAI's are. */
export interface FlatImage {
  readonly model: `gpt-image-${string}` | `doubao-seedream-${string}` | `dall-e-${string}`
  readonly prompt: string
  /** With an x: `1024x1024`. */
  readonly size?: string
  /** 1 to 10. */
  readonly n?: number
  readonly watermark?: boolean
  /** Seedream: URLs of the images that the new one is made after. */
  readonly images?: readonly string[]
}

/** Images of Seedream that are made after other images. */
export type SeedreamImage = FlatImage & { readonly model: `doubao-seedream-${string}` }

/** GPT Image, Seedream and DALL·E. */
export const flatImage: ImageFamily<FlatImage> = {
  fields: {
    model: true,
    prompt: true,
    size: true,
    n: true,
    watermark: true,
    images: true
  } satisfies FieldNames<FlatImage>,
  includes: (model) => /^(?:gpt-image-|doubao-seedream-|dall-e-)/.test(model),
  check: ({ prompt, size, n }) =>
    violationsOf(
      textUpTo('prompt', prompt, 100_000),
      wholeNumber('n', n, { min: 1, max: 10 }),
      sizeShaped(size, /^[^*]*$/, 'WIDTHxHEIGHT, with an x')
    ),
  request: ({ model, prompt, images, ...item }) => ({
    path: '/images/generations',
    body: {
      model,
      prompt,
      ...defined({ size: item.size, n: item.n, watermark: item.watermark }),
      ...(images === undefined ? {} : { image: [...images] })
    }
  }),
  readImages: (answer) => readImagesData(answer)
}

/** Seedream, editing: requested as new images are. */
export const seedreamEdit: ImageFamily<SeedreamImage> = {
  ...flatImage,
  includes: (model) => model.startsWith('doubao-seedream-')
}
