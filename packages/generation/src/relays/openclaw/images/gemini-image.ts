import type { JsonValue } from '@bursar/core'
import type { FieldNames } from '../../../shared/checks/check-fields.js'
import { defined } from '../../../shared/wire/defined.js'
import { atMost, inlineImages, oneOf, textUpTo, upTo, violationsOf } from '../../field-rules.js'
import type { ImageFamily } from '../../model-family.js'
import { readMarkdownImages } from '../../wire/image-answers.js'

/** An image that Gemini draws in a chat, or edits in one that went before. */
export interface GeminiImage {
  readonly model: 'gemini-3.1-flash-image' | 'gemini-3.1-flash-image-preview'
  readonly prompt: string
  /** `data:` URLs of PNG, JPEG, WebP or HEIC: at most 14 (OpenClaw 22). */
  readonly images?: readonly string[]
  /** Default: `1K`. The K is a capital (OpenClaw 19). */
  readonly imageSize?: '512' | '1K' | '2K' | '4K'
  readonly aspectRatio?: (typeof aspectRatios)[number]
  /** Says how everything is to be drawn. */
  readonly system?: string
  /** Turns that went before: the prompt, and the markdown that it was answered with. */
  readonly history?: readonly { readonly prompt: string; readonly answer: string }[]
  /** 0 to 2. */
  readonly temperature?: number
  /** 0 to 1. */
  readonly topP?: number
  readonly topK?: number
  /** Tokens. Default: 4096: an image takes about 2520. */
  readonly maxTokens?: number
}

/** OpenClaw 21. */
const aspectRatios = [
  ...(['1:1', '3:4', '4:3', '9:16', '16:9', '3:2', '2:3'] as const),
  ...(['4:5', '5:4', '1:4', '4:1', '1:8', '8:1', '21:9'] as const)
]

const DEFAULT_TOKENS = 4096
const MAX_REFERENCES = 14

/** Gemini Flash Image, through chat completions. */
export const geminiImage: ImageFamily<GeminiImage> = {
  fields: {
    model: true,
    prompt: true,
    images: true,
    imageSize: true,
    aspectRatio: true,
    system: true,
    history: true,
    temperature: true,
    topP: true,
    topK: true,
    maxTokens: true
  } satisfies FieldNames<GeminiImage>,
  includes: (model) => /^gemini-.*-image(?:-preview)?$/.test(model),
  check: ({ prompt, images, imageSize, aspectRatio, temperature, topP }) =>
    violationsOf(
      textUpTo('prompt', prompt, 1_000_000),
      atMost('images', images, MAX_REFERENCES),
      ...inlineImages('images', images),
      oneOf('imageSize', imageSize, ['512', '1K', '2K', '4K']),
      oneOf('aspectRatio', aspectRatio, aspectRatios),
      upTo('temperature', temperature, 2),
      upTo('topP', topP, 1)
    ),
  request: (item) => ({
    path: '/chat/completions',
    body: {
      model: item.model,
      messages: messagesOf(item),
      max_tokens: item.maxTokens ?? DEFAULT_TOKENS,
      ...defined({ temperature: item.temperature, top_p: item.topP, top_k: item.topK }),
      ...configOf(item)
    }
  }),
  readImages: readMarkdownImages
}

function messagesOf({ prompt, images = [], system, history = [] }: GeminiImage): JsonValue[] {
  const parts = images.map((url) => ({ type: 'image_url', image_url: { url } }))
  return [
    ...(system === undefined ? [] : [{ role: 'system', content: system }]),
    ...history.flatMap((turn) => [
      { role: 'user', content: turn.prompt },
      { role: 'assistant', content: turn.answer }
    ]),
    { role: 'user', content: parts.length === 0 ? prompt : [{ type: 'text', text: prompt }, ...parts] }
  ]
}

/** OpenClaw 20: at the top of the body, where the SDK for Python puts `extra_body`. */
function configOf({ imageSize, aspectRatio }: GeminiImage) {
  if (imageSize === undefined && aspectRatio === undefined) return {}
  return { google: { image_config: defined({ image_size: imageSize, aspect_ratio: aspectRatio }) } }
}
