import type { JsonObject, JsonValue } from '@bursar/core'
import { isJsonObject } from '@bursar/core'
import { objectAt, objectsAt } from '../../shared/service/fields.js'
import { atMost, broken, present, textUpTo, violationsOf, wholeNumber } from '../check.js'
import { dataPictures } from '../picture-answers.js'
import type { ImageShape, PictureSource } from '../service.js'

/** Pictures of Wan's or Qwen's, which are asked for in messages (Tokenhot 45). */
export interface MessagePicture {
  readonly model: 'wan2.6-image' | 'wan2.6-t2i' | `qwen-image-${string}`
  readonly prompt: string
  /** URLs that the picture goes by. */
  readonly images?: readonly string[]
  /** With a star: `1024*1024` (Tokenhot 46). */
  readonly size?: string
  /** Wan: at most so many. Qwen: so many. Default 1. */
  readonly n?: number
  /** Wan: text between the pictures. */
  readonly interleave?: boolean
  readonly negativePrompt?: string
  readonly promptExtend?: boolean
  readonly watermark?: boolean
  /** Whether the answer comes as events; it may come whole all the same (Tokenhot 50). */
  readonly stream?: boolean
}

/** Pictures of GPT's, Seedream's or DALL·E's, which are asked for as OpenAI's are. */
export interface FlatPicture {
  readonly model: `gpt-image-${string}` | `doubao-seedream-${string}` | `dall-e-${string}`
  readonly prompt: string
  /** With an x: `1024x1024`. */
  readonly size?: string
  readonly n?: number
  readonly watermark?: boolean
  /** Pictures that it goes by: Seedream. */
  readonly images?: readonly string[]
}

/** Pictures of Gemini's, by its own API. */
export interface GeminiPicture {
  readonly model: `gemini-${string}-image` | `gemini-${string}-image-preview`
  readonly prompt: string
  /** `data:` URLs. */
  readonly images?: readonly string[]
  readonly aspectRatio?: string
  readonly imageSize?: '1K' | '2K' | '4K'
}

const MAX_PROMPT = 100_000
const MAX_PARTS = 1000

/** Wan and Qwen. */
export const messagePicture: ImageShape<MessagePicture> = {
  takes: (model) => /^(?:wan2\.6-|qwen-image-)/.test(model),
  check: ({ prompt, size, n }) =>
    violationsOf(
      textUpTo('prompt', prompt, MAX_PROMPT),
      wholeNumber('n', n, 1, 4),
      size !== undefined &&
        !/^\d{2,5}\*\d{2,5}$/.test(size) &&
        broken('size', 'size', `size is "${size.slice(0, 40)}"`, 'WIDTH*HEIGHT, with a star')
    ),
  request: (item) => ({
    path: '/images/generations',
    body: {
      model: item.model,
      input: {
        messages: [
          {
            role: 'user',
            content: [{ text: item.prompt }, ...(item.images ?? []).map((image) => ({ image }))]
          }
        ]
      },
      parameters: parametersOf(item)
    }
  }),
  read: messagePictures
}

function parametersOf(item: MessagePicture): JsonObject {
  const { n = 1, model, stream } = item
  const counted =
    model === 'wan2.6-image'
      ? { max_images: n, ...present({ enable_interleave: item.interleave, stream }) }
      : { n }
  return {
    ...counted,
    ...present({
      size: item.size,
      negative_prompt: item.negativePrompt,
      prompt_extend: item.promptExtend,
      watermark: item.watermark
    })
  }
}

/** GPT Image, Seedream and DALL·E. */
export const flatPicture: ImageShape<FlatPicture> = {
  takes: (model) => /^(?:gpt-image-|doubao-seedream-|dall-e-)/.test(model),
  check: ({ prompt, size, n }) =>
    violationsOf(
      textUpTo('prompt', prompt, MAX_PROMPT),
      wholeNumber('n', n, 1, 10),
      size?.includes('*') && broken('size', 'size', `size is "${size.slice(0, 40)}"`, 'with an x')
    ),
  request: ({ model, prompt, images, ...item }) => ({
    path: '/images/generations',
    body: {
      model,
      prompt,
      ...present({ size: item.size, n: item.n, watermark: item.watermark }),
      ...(images === undefined ? {} : { image: [...images] })
    }
  }),
  read: (answer) => dataPictures(answer)
}

/** A picture of Seedream's. */
export type SeedreamPicture = FlatPicture & { readonly model: `doubao-seedream-${string}` }

/** Seedream, changing pictures: asked for as new ones are. */
export const seedreamEdit: ImageShape<FlatPicture> = {
  ...flatPicture,
  takes: (model) => model.startsWith('doubao-seedream-')
}

/** Gemini, at its own path. */
export const geminiPicture: ImageShape<GeminiPicture> = {
  takes: (model) => /^gemini-.*-image(?:-preview)?$/.test(model),
  check: ({ prompt, images = [] }) =>
    violationsOf(
      textUpTo('prompt', prompt, MAX_PROMPT),
      atMost('images', images, 14),
      ...images.map(
        (image, index) =>
          !inlineShape.test(image) &&
          broken(
            `images[${index}]`,
            'media_scheme',
            'it is no data: URL of a picture',
            'data:image/…;base64,…'
          )
      )
    ),
  request: ({ model, prompt, images = [], aspectRatio, imageSize }) => ({
    apiPath: '/v1beta',
    path: `/models/${encodeURIComponent(model)}:generateContent`,
    body: {
      contents: [{ role: 'user', parts: [{ text: prompt }, ...images.map(inlinePart)] }],
      generationConfig: {
        responseModalities: ['TEXT', 'IMAGE'],
        imageConfig: present({ aspectRatio, imageSize })
      }
    }
  }),
  read: geminiPictures
}

const inlineShape = /^data:(image\/[\w+.-]+);base64,(.+)$/i

function inlinePart(url: string): JsonObject {
  const [, mimeType = '', data = ''] = inlineShape.exec(url) ?? []
  return { inlineData: { mimeType, data } }
}

/** Tokenhot 47 and 50: in `output`, whole or event by event; Qwen's may be elsewhere. */
function messagePictures(answer: JsonObject): readonly PictureSource[] {
  const events = objectsAt(answer, 'events', MAX_PARTS)
  const all = events.length === 0 ? [answer] : events
  const urls = all.flatMap((each) => [...outputUrls(each), ...choiceUrls(each)])
  const distinct = [...new Set(urls)].map((url) => ({ url }))
  return distinct.length > 0 ? distinct : all.flatMap((each) => dataPictures(each))
}

/** `output[].content[]` of type image holds the URL in `text`. */
function outputUrls(answer: JsonObject): string[] {
  return objectsAt(answer, 'output', MAX_PARTS)
    .flatMap((message) => objectsAt(message, 'content', MAX_PARTS))
    .flatMap(({ type, text }) => (type === 'image' || type === undefined ? urlIn(text) : []))
}

/** `output.choices[].message.content[].image` */
function choiceUrls(answer: JsonObject): string[] {
  return objectsAt(objectAt(answer, 'output'), 'choices', MAX_PARTS)
    .flatMap((choice) => objectsAt(objectAt(choice, 'message'), 'content', MAX_PARTS))
    .flatMap(({ image }) => urlIn(image))
}

function urlIn(value: JsonValue | undefined): string[] {
  return typeof value === 'string' && URL.canParse(value) ? [value] : []
}

/** As `inlineData`, or as a URL in the text. */
function geminiPictures(answer: JsonObject): readonly PictureSource[] {
  return objectsAt(answer, 'candidates', MAX_PARTS)
    .flatMap((candidate) => objectsAt(objectAt(candidate, 'content'), 'parts', MAX_PARTS))
    .flatMap(({ inlineData, text }): PictureSource[] => {
      if (isJsonObject(inlineData) && typeof inlineData.data === 'string') {
        const mimeType = typeof inlineData.mimeType === 'string' ? inlineData.mimeType : 'image/png'
        return [{ url: `data:${mimeType};base64,${inlineData.data}`, mimeType }]
      }
      const [url] = /https?:\/\/[^\s)"']+/.exec(typeof text === 'string' ? text : '') ?? []
      return url === undefined ? [] : [{ url }]
    })
}
