import type { JsonObject } from '@bursar/core'
import { imageOptions } from '../../services/image-options.js'
import type { GeneratedImage, ImageRequest } from '../../services/proxy-service.js'
import type { EndpointContext, TranslatedAnswer } from '../endpoint.js'
import { invalidRequest } from '../invalid-request.js'

/** OpenAI's own bound. */
const MAX_IMAGES = 10

type ImageFormat = 'url' | 'b64_json'

/**
 * Generates images and answers with their URLs or, with `response_format: 'b64_json'`, with their bytes.
 *
 * @throws {RequestProblem} 400
 * @throws {BursarError} `request/invalid`, `job/*`, `asset/*`, and what paying throws.
 * @see https://platform.openai.com/docs/api-reference/images/create
 */
export async function generateImages(body: JsonObject, context: EndpointContext): Promise<TranslatedAnswer> {
  return answerImages(body, readImageRequest(body), context)
}

/** Has images made, and answers with them in the format that is asked for. */
export async function answerImages(
  body: JsonObject,
  request: ImageRequest,
  { service, call, clock }: EndpointContext
): Promise<TranslatedAnswer> {
  const format = readFormat(body)
  const images = await service.images(request, call)
  const data = await Promise.all(images.map((image) => formatImage(image, format)))
  return { body: { created: Math.floor(clock.nowMs() / 1000), data } }
}

function readFormat({ response_format: format = 'url', stream }: JsonObject): ImageFormat {
  if (stream === true) throw invalidRequest('images do not stream')
  if (format === 'url' || format === 'b64_json') return format
  throw invalidRequest('response_format must be url or b64_json')
}

/** Reads what is asked for. @throws {RequestProblem} 400 */
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

async function formatImage({ url, bytes }: GeneratedImage, format: ImageFormat): Promise<JsonObject> {
  if (format === 'url') return { url }
  return { b64_json: Buffer.from(await bytes()).toString('base64') }
}
