import type { JsonObject } from '@bursar/core'
import type { FieldNames } from '../../../shared/checks/check-fields.js'
import { defined } from '../../../shared/wire/defined.js'
import { atMost, inlineImages, textUpTo, violationsOf } from '../../field-rules.js'
import type { ImageFamily } from '../../model-family.js'
import { readGeminiImages } from '../wire/gemini-images.js'

/** Images of Gemini, by its own API. */
export interface GeminiImage {
  readonly model: `gemini-${string}-image` | `gemini-${string}-image-preview`
  readonly prompt: string
  /** `data:` URLs, at most 14. */
  readonly images?: readonly string[]
  readonly aspectRatio?: string
  readonly imageSize?: '1K' | '2K' | '4K'
}

/** Gemini, at its own path. */
export const geminiImage: ImageFamily<GeminiImage> = {
  fields: {
    model: true,
    prompt: true,
    images: true,
    aspectRatio: true,
    imageSize: true
  } satisfies FieldNames<GeminiImage>,
  includes: (model) => /^gemini-.*-image(?:-preview)?$/.test(model),
  check: ({ prompt, images }) =>
    violationsOf(
      textUpTo('prompt', prompt, 100_000),
      atMost('images', images, 14),
      ...inlineImages('images', images)
    ),
  request: ({ model, prompt, images = [], aspectRatio, imageSize }) => ({
    apiPath: '/v1beta',
    path: `/models/${encodeURIComponent(model)}:generateContent`,
    body: {
      contents: [{ role: 'user', parts: [{ text: prompt }, ...images.map(inlinePart)] }],
      generationConfig: {
        responseModalities: ['TEXT', 'IMAGE'],
        imageConfig: defined({ aspectRatio, imageSize })
      }
    }
  }),
  readImages: readGeminiImages
}

function inlinePart(url: string): JsonObject {
  const [, mimeType = '', data = ''] = /^data:(image\/[\w+.-]+);base64,(.+)$/i.exec(url) ?? []
  return { inlineData: { mimeType, data } }
}
