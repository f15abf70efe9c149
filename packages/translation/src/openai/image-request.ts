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
  /** Images to edit or to refer to. */
  readonly images?: readonly Uint8Array[]
}

/** How an image is answered. */
export type ImageFormat = 'url' | 'b64_json'

/**
 * Reads what images are asked for.
 *
 * @throws {InvalidRequest}
 * @see https://platform.openai.com/docs/api-reference/images/create
 */
export function readImageRequest(body: JsonObject): ImageRequest {
  const { model, prompt, n, size, response_format: _, stream: __, ...rest } = body
  if (typeof model !== 'string' || typeof prompt !== 'string')
    throw invalidRequest('model and prompt are required')
  const count = n ?? 1
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > MAX_IMAGES)
    throw invalidRequest(`n must be a whole number from 1 to ${MAX_IMAGES}`)
  const options = imageOptions(rest)
  if (size === undefined || size === null || size === '') return { model, prompt, count, options }
  if (typeof size !== 'string') throw invalidRequest('size must be a text such as 1024x1024')
  return { model, prompt, count, size, options }
}

/** Reads how the images are to be answered. @throws {InvalidRequest} */
export function readImageFormat({ response_format: format = 'url', stream }: JsonObject): ImageFormat {
  if (stream === true) throw invalidRequest('images do not stream')
  if (format === 'url' || format === 'b64_json') return format
  throw invalidRequest('response_format must be url or b64_json')
}
