import type { JsonValue } from '@bursar/core'
import { atMost, broken, oneOf, present, textUpTo, violationsOf } from '../../check.js'
import { markdownPictures } from '../../picture-answers.js'
import type { ImageShape } from '../../service.js'

/** A picture that Gemini draws in a chat, or changes in one that went before. */
export interface GeminiImage {
  readonly model: 'gemini-3.1-flash-image' | 'gemini-3.1-flash-image-preview'
  readonly prompt: string
  /** `data:` URLs of PNG, JPEG, WebP or HEIC: at most 14 (OpenClaw 22). */
  readonly images?: readonly string[]
  /** Default `1K`. The K is a capital (OpenClaw 19). */
  readonly imageSize?: '512' | '1K' | '2K' | '4K'
  readonly aspectRatio?: (typeof aspectRatios)[number]
  /** Says how everything is to be drawn. */
  readonly system?: string
  /** Turns that went before: what was asked, and the markdown that it was answered with. */
  readonly history?: readonly { readonly prompt: string; readonly answer: string }[]
  /** 0 to 2. */
  readonly temperature?: number
  readonly topP?: number
  readonly topK?: number
  /** Default 4096: a picture takes some 2520. */
  readonly maxTokens?: number
}

/** OpenClaw 21. */
const aspectRatios = [
  '1:1',
  '3:4',
  '4:3',
  '9:16',
  '16:9',
  '3:2',
  '2:3',
  '4:5',
  '5:4',
  '1:4',
  '4:1',
  '1:8',
  '8:1',
  '21:9'
] as const

const DEFAULT_TOKENS = 4096
const MAX_REFERENCES = 14

/** Gemini Flash Image, through chat completions. */
export const geminiImage: ImageShape<GeminiImage> = {
  takes: (model) => /^gemini-.*-image(?:-preview)?$/.test(model),
  check: ({ prompt, images, imageSize, aspectRatio, temperature, topP }) =>
    violationsOf(
      textUpTo('prompt', prompt, 1_000_000),
      atMost('images', images, MAX_REFERENCES),
      ...(images ?? []).map((url, index) => notInline(`images[${index}]`, url)),
      oneOf('imageSize', imageSize, ['512', '1K', '2K', '4K']),
      oneOf('aspectRatio', aspectRatio, aspectRatios),
      within('temperature', temperature, 2),
      within('topP', topP, 1)
    ),
  request: (item) => ({
    path: '/chat/completions',
    body: {
      model: item.model,
      messages: messagesOf(item),
      max_tokens: item.maxTokens ?? DEFAULT_TOKENS,
      ...present({ temperature: item.temperature, top_p: item.topP, top_k: item.topK }),
      ...configOf(item)
    }
  }),
  read: markdownPictures
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
  const config = present({ image_size: imageSize, aspect_ratio: aspectRatio })
  return Object.keys(config).length === 0 ? {} : { google: { image_config: config } }
}

function notInline(field: string, url: string) {
  if (/^data:image\/(?:png|jpe?g|webp|heic);base64,/i.test(url)) return undefined
  return broken(field, 'media_scheme', `${field} is no data: URL of a picture`, 'data:image/…;base64,…')
}

function within(field: string, value: number | undefined, most: number) {
  if (value === undefined || (value >= 0 && value <= most)) return undefined
  return broken(field, 'out_of_range', `${field} is ${value}`, `0 to ${most}`)
}
