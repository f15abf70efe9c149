import type { FieldNames } from '../../../shared/checks/check-fields.js'
import { defined } from '../../../shared/wire/defined.js'
import { textUpTo, violationsOf } from '../../field-rules.js'
import type { ImageFamily } from '../../model-family.js'
import { readImagesData } from '../../wire/image-answers.js'

/** An image of Seedream. */
export interface SeedreamImage {
  readonly model:
    | 'doubao-seedream-5-0-260128'
    | 'doubao-seedream-4-5-251128'
    | 'doubao-seedream-5-0-lite-260128'
  readonly prompt: string
  /** Such as `2K`. */
  readonly size?: string
}

/** Seedream. */
export const seedreamImage: ImageFamily<SeedreamImage> = {
  fields: { model: true, prompt: true, size: true } satisfies FieldNames<SeedreamImage>,
  includes: (model) => model.startsWith('doubao-seedream-'),
  check: ({ prompt }) => violationsOf(textUpTo('prompt', prompt, 100_000)),
  request: ({ model, prompt, size }) => ({
    path: '/images/generations',
    body: { model, prompt, ...defined({ size }) }
  }),
  readImages: (answer) => readImagesData(answer)
}
