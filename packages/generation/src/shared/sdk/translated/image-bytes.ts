import { BursarError, isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { changeJsonText, readsImageBytes } from '@bursar/translation'
import { encodeBase64 } from '../../media/base64.js'
import { withBody } from '../../wire/response-body.js'
import { type ImageReading, readImage } from './read-image.js'
import { readJson } from './sdk-answer.js'

/**
 * Adds the bytes to a service's own answer with the URLs of images, where the client reads bytes.
 *
 * @throws {BursarError} `asset/unavailable`, with the URL, since the images are paid for.
 */
export async function withImageBytes(
  response: Response,
  request: JsonObject,
  reading: ImageReading
): Promise<Response> {
  const type = response.headers.get('content-type') ?? ''
  if (!response.ok || request.stream === true || !type.startsWith('application/json')) return response
  if (!readsImageBytes(request)) return response
  const answer = await readJson(response)
  const { data } = answer.object
  if (!Array.isArray(data)) return withBody(response, answer.text)
  const added = await Promise.all(data.map((image, index) => bytesOf(image, index, reading)))
  if (added.every((bytes) => bytes === undefined)) return withBody(response, answer.text)
  const { text } = changeJsonText(answer, (object) => ({ ...object, data: withAll(object.data, added) }))
  return withBody(response, text)
}

function withAll(data: JsonValue | undefined, added: readonly (string | undefined)[]): readonly JsonValue[] {
  const images = Array.isArray(data) ? data : []
  return images.map((image, index) => {
    const b64_json = added[index]
    return isJsonObject(image) && b64_json !== undefined ? { ...image, b64_json } : image
  })
}

/** @returns nothing where they are there, or there is nothing to be had. */
async function bytesOf(image: JsonValue, index: number, reading: ImageReading): Promise<string | undefined> {
  if (!isJsonObject(image) || typeof image.b64_json === 'string' || typeof image.url !== 'string')
    return undefined
  const { url } = image
  const asset = { item: 0, index, kind: 'image', url, tags: [] }
  try {
    return encodeBase64(await readImage({ requestId: '', asset }, reading))
  } catch (cause) {
    throw notHad(url, index, cause)
  }
}

function notHad(url: string, index: number, cause: unknown): BursarError<'asset/unavailable'> {
  const host = URL.canParse(url) ? new URL(url).host : ''
  return new BursarError('asset/unavailable', {
    message: `The image is paid for, and its bytes could not be had. Its URL: ${url.slice(0, 500)}`,
    context: { requestId: '', item: 0, asset: index, host, reason: 'its bytes could not be had' },
    moneyState: 'settled',
    cause
  })
}
