import type { JsonObject } from '@bursar/core'
import {
  filesOf,
  type ImageFormat,
  type ImageRequest,
  invalidRequest,
  readImageEdit,
  readImageFormat,
  readImageRequest
} from '@bursar/translation'
import { encodeBase64 } from '../../media/base64.js'
import type { SdkCall } from './sdk-call.js'
import { problemResponse } from './sdk-problem.js'
import type { SdkImage } from './sdk-service.js'

/** Has images generated. @throws {InvalidRequest} */
export function answerImages(call: SdkCall): Promise<Response> {
  return makeImages(call, call.body, readImageRequest(call.body))
}

/** Has the images of a form, or those that JSON names, edited. @throws {InvalidRequest} */
export async function answerImageEdits(call: SdkCall): Promise<Response> {
  const { form, body } = call
  const request = readImageEdit(body, await filesOf(form, 'image'))
  if (form?.has('mask')) throw invalidRequest('mask has no counterpart here: leave it out', 'unsupported')
  return makeImages(call, body, request)
}

async function makeImages(
  { service, init, createdAtSeconds }: SdkCall,
  body: JsonObject,
  request: ImageRequest
): Promise<Response> {
  const format = readImageFormat(body)
  const images = await service.images?.(request, init)
  if (!images) return problemResponse({ status: 404, code: 'not_found', message: 'There are no images here' })
  const data = await Promise.all(images.map((image) => formatImage(image, format)))
  return Response.json({ created: createdAtSeconds, data })
}

async function formatImage({ url, bytes }: SdkImage, format: ImageFormat): Promise<JsonObject> {
  if (format === 'url') return { url }
  const b64_json = encodeBase64(await bytes())
  // The URL of an image that came in the answer is its bytes once more.
  return format === 'both' && !url.startsWith('data:') ? { b64_json, url } : { b64_json }
}
