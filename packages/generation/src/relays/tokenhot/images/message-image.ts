import type { JsonObject } from '@bursar/core'
import type { FieldNames } from '../../../shared/checks/check-fields.js'
import { defined } from '../../../shared/wire/defined.js'
import { sizeShaped, textUpTo, violationsOf, wholeNumber } from '../../field-rules.js'
import type { ImageFamily } from '../../model-family.js'
import { readMessageImages } from '../wire/message-images.js'

/** Images of Wan or Qwen, which are requested in messages (Tokenhot 45). */
export interface MessageImage {
  readonly model: 'wan2.6-image' | 'wan2.6-t2i' | `qwen-image-${string}`
  readonly prompt: string
  /** URLs of the images that the new one is made after. */
  readonly images?: readonly string[]
  /** With a star: `1024*1024` (Tokenhot 46). */
  readonly size?: string
  /** Wan: at most so many. Qwen: so many. Default: 1. */
  readonly n?: number
  /** Wan: text between the images. */
  readonly interleave?: boolean
  readonly negativePrompt?: string
  readonly promptExtend?: boolean
  readonly watermark?: boolean
  /** Whether the answer comes as events; it may come whole all the same (Tokenhot 50). */
  readonly stream?: boolean
}

const MAX_PROMPT = 100_000

/** Wan and Qwen. */
export const messageImage: ImageFamily<MessageImage> = {
  fields: {
    model: true,
    prompt: true,
    images: true,
    size: true,
    n: true,
    interleave: true,
    negativePrompt: true,
    promptExtend: true,
    watermark: true,
    stream: true
  } satisfies FieldNames<MessageImage>,
  includes: (model) => /^(?:wan2\.6-|qwen-image-)/.test(model),
  check: ({ prompt, size, n }) =>
    violationsOf(
      textUpTo('prompt', prompt, MAX_PROMPT),
      wholeNumber('n', n, { min: 1, max: 4 }),
      sizeShaped(size, /^\d{2,5}\*\d{2,5}$/, 'WIDTH*HEIGHT, with a star')
    ),
  request: (item) => ({
    path: '/images/generations',
    body: {
      model: item.model,
      input: { messages: [{ role: 'user', content: contentOf(item) }] },
      parameters: parametersOf(item)
    }
  }),
  readImages: readMessageImages
}

function contentOf({ prompt, images = [] }: MessageImage): JsonObject[] {
  return [{ text: prompt }, ...images.map((image) => ({ image }))]
}

function parametersOf(item: MessageImage): JsonObject {
  const { n = 1, model, stream, interleave } = item
  const counted =
    model === 'wan2.6-image'
      ? { max_images: n, ...defined({ enable_interleave: interleave, stream }) }
      : { n }
  return {
    ...counted,
    ...defined({
      size: item.size,
      negative_prompt: item.negativePrompt,
      prompt_extend: item.promptExtend,
      watermark: item.watermark
    })
  }
}
