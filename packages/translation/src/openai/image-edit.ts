import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'
import { type ImageRequest, readImageRequest } from './image-request.js'

/**
 * Reads what images are to be edited: files of a form, or URLs in JSON (`image: 'https://…'`, or
 * `images: [{ image_url: 'data:…' }]`).
 *
 * @throws {InvalidRequest}
 * @see https://platform.openai.com/docs/api-reference/images/createEdit
 */
export function readImageEdit(body: JsonObject, files: readonly Uint8Array[]): ImageRequest {
  const { image = null, images: listed = null, ...others } = body
  const images = [...files, ...urlsIn(image, 'image'), ...urlsIn(listed, 'images')]
  if (images.length === 0)
    throw invalidRequest('image is required: one file or more in a form, or URLs in JSON')
  return { ...readImageRequest(others), images }
}

function urlsIn(given: JsonValue, field: string): readonly string[] {
  if (given === null || given === '') return []
  if (Array.isArray(given)) return given.flatMap((each, index) => urlsIn(each, `${field}[${index}]`))
  const url = isJsonObject(given) ? given.image_url : given
  if (typeof url === 'string' && url !== '') return [url]
  throw invalidRequest(`${field} must be a file, or the URL of an image`, 'unsupported')
}
