import type { JsonObject } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'
import { imageOptions } from './image-options.js'

/** OpenAI's own bound. */
const MAX_IMAGES = 10

/** An image to generate, as OpenAI's API describes it. */
export interface ImageRequest {
  readonly model: string
  readonly prompt: string
  readonly count: number
  /** For example `1024x1024`. */
  readonly size?: string
  /** What else asks for something, by its name in OpenAI's API: `{ output_format: 'webp' }`. */
  readonly options: JsonObject
  /** Images to edit or to refer to: their bytes, or URLs. */
  readonly images?: readonly (Uint8Array | string)[]
}

/** How an image is answered: by its URL, by its bytes, or by both. */
export type ImageFormat = 'url' | 'b64_json' | 'both'

/**
 * Reads what images are asked for.
 *
 * @throws {InvalidRequest}
 * @see https://platform.openai.com/docs/api-reference/images/create
 */
export function readImageRequest(body: JsonObject): ImageRequest {
  const { model, prompt, n, size, response_format: _, stream: __, ...rest } = body
  if (typeof model !== 'string' || model === '') throw invalidRequest('model is required')
  if (typeof prompt !== 'string' || prompt === '') throw invalidRequest('prompt is required')
  const count = n ?? 1
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > MAX_IMAGES)
    throw invalidRequest(`n must be a whole number from 1 to ${MAX_IMAGES}`)
  const options = imageOptions(rest)
  if (size === undefined || size === null || size === '') return { model, prompt, count, options }
  if (typeof size !== 'string') throw invalidRequest('size must be a text such as 1024x1024')
  return { model, prompt, count, size, options }
}

/** OpenAI answers for these with bytes, and their clients read nothing else. */
const answersBytes = /^(?:[\w.-]+\/)?(?:chatgpt|gpt)-image/

/** Whether a client reads the bytes of images, of a request that a service answers itself as it understands it. */
export function readsImageBytes({ model, response_format: format = null }: JsonObject): boolean {
  const isUnsaid = format === null || format === ''
  return isUnsaid ? typeof model === 'string' && answersBytes.test(model) : format === 'b64_json'
}

/** Reads how the images are to be answered. @throws {InvalidRequest} */
export function readImageFormat({ model, response_format: format, stream }: JsonObject): ImageFormat {
  if (stream === true) throw invalidRequest('stream has no counterpart: images do not stream', 'unsupported')
  if (format === 'url' || format === 'b64_json') return format
  if (format !== undefined && format !== null && format !== '')
    throw invalidRequest('response_format must be url or b64_json')
  return typeof model === 'string' && answersBytes.test(model) ? 'both' : 'url'
}
