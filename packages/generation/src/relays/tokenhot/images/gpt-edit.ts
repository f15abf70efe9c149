import type { FieldNames } from '../../../shared/checks/check-fields.js'
import { atLeastOne, sizeShaped, textUpTo, violationsOf, wholeNumber } from '../../field-rules.js'
import { imageForm } from '../../image-form.js'
import type { ImageFamily } from '../../model-family.js'
import { readImagesData } from '../../wire/image-answers.js'

/** Images that GPT Image edits, as files. */
export interface GptEdit {
  readonly model: 'gpt-image-1.5' | 'gpt-image-2'
  readonly prompt: string
  /** PNG, JPEG or WebP. */
  readonly images: readonly Uint8Array<ArrayBuffer>[]
  /** A PNG with an alpha channel: where it is clear, the image is edited. */
  readonly mask?: Uint8Array<ArrayBuffer>
  /** With an x: `1024x1024`. */
  readonly size?: string
  /** 1 to 10. */
  readonly n?: number
}

/** GPT Image, editing, by OpenAI's form. */
export const gptEdit: ImageFamily<GptEdit> = {
  fields: {
    model: true,
    prompt: true,
    images: true,
    mask: true,
    size: true,
    n: true
  } satisfies FieldNames<GptEdit>,
  includes: (model) => /^gpt-image-/.test(model),
  check: ({ prompt, images, size, n }) =>
    violationsOf(
      textUpTo('prompt', prompt, 32_000),
      atLeastOne('images', images),
      wholeNumber('n', n, { min: 1, max: 10 }),
      sizeShaped(size, /^[^*]*$/, 'WIDTHxHEIGHT, with an x')
    ),
  request: ({ model, prompt, images, mask, size, n }) => ({
    path: '/images/edits',
    body: imageForm({ fields: { model, prompt, size, n }, images, mask })
  }),
  readImages: (answer) => readImagesData(answer)
}
