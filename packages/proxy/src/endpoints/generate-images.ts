import type { JsonObject } from '@bursar/core'
import { type ImageFormat, type ImageRequest, readImageFormat, readImageRequest } from '@bursar/translation'
import type { GeneratedImage } from '../services/proxy-service.js'
import type { EndpointContext, TranslatedAnswer } from './endpoint.js'

/**
 * Generates images and answers with their URLs or, with `response_format: 'b64_json'`, with their bytes.
 *
 * @throws {InvalidRequest}
 * @throws {BursarError} `request/invalid`, `job/*`, `asset/*`, and what paying throws.
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
  const format = readImageFormat(body)
  const images = await service.images(request, call)
  const data = await Promise.all(images.map((image) => formatImage(image, format)))
  return { body: { created: Math.floor(clock.nowMs() / 1000), data } }
}

async function formatImage({ url, bytes }: GeneratedImage, format: ImageFormat): Promise<JsonObject> {
  if (format === 'url') return { url }
  const b64_json = Buffer.from(await bytes()).toString('base64')
  // The URL of an image that came in the answer is its bytes once more.
  return format === 'both' && !url.startsWith('data:') ? { b64_json, url } : { b64_json }
}
