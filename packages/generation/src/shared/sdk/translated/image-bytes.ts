import { BursarError, isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { changeJsonText, readsImageBytes } from '@bursar/translation'
import { encodeBase64 } from '../../media/base64.js'
import { withBody } from '../../wire/response-body.js'
import { type ImageReading, openImageReader } from './read-image.js'
import { readJson } from './sdk-answer.js'

/** Of one answer. Nobody can ask for more than ten. */
const MAX_IMAGES = 100
/** Characters of an address in an error. Signed ones have more than a thousand, and are worth nothing when they are cut. */
const MAX_ADDRESS_LENGTH = 2_000
const MAX_ADDRESSES = 10

/**
 * Adds the bytes to a service's own answer with the URLs of images, where the client reads bytes.
 *
 * @throws {BursarError} `asset/unavailable`, with the URLs, since the images are paid for.
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
  const urls = data.map(unreadUrl)
  const added = await bytesOf(urls, reading)
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

/** The URL of an image whose bytes are not there. Absent: they are, or there is nothing to be had. */
function unreadUrl(image: JsonValue): string | undefined {
  if (!isJsonObject(image) || typeof image.b64_json === 'string') return undefined
  return typeof image.url === 'string' ? image.url : undefined
}

/** @throws {BursarError} `asset/unavailable` */
async function bytesOf(
  urls: readonly (string | undefined)[],
  reading: ImageReading
): Promise<readonly (string | undefined)[]> {
  const named = urls.filter((url) => url !== undefined)
  if (named.length > MAX_IMAGES) throw notHad(named)
  const read = openImageReader(reading)
  const bytes = urls.map(async (url, index) => {
    if (url === undefined) return undefined
    const asset = { item: 0, index, kind: 'image', url, tags: [] }
    try {
      return encodeBase64(await read({ requestId: '', asset }))
    } catch (cause) {
      throw notHad(named, { index, url, cause })
    }
  })
  return Promise.all(bytes)
}

/** An image of an answer whose bytes could not be had. */
interface FailedImage {
  readonly index: number
  readonly url: string | undefined
  readonly cause?: unknown
}

/** Names all that were to be read: without their bytes, nothing of the answer reaches the client. */
function notHad(
  urls: readonly string[],
  { index, url, cause }: FailedImage = { index: 0, url: urls[0] }
): BursarError<'asset/unavailable'> {
  const what =
    urls.length === 1
      ? 'The image is paid for, and its bytes could not be had. Its URL:'
      : `The ${urls.length} images are paid for, and their bytes could not be had. Their URLs:`
  const shown = urls.slice(0, MAX_ADDRESSES).map(shownUrl)
  const more = urls.length - shown.length
  if (more > 0) shown.push(`and ${more} more`)
  const host = url !== undefined && URL.canParse(url) ? new URL(url).host : ''
  return new BursarError('asset/unavailable', {
    message: `${what} ${shown.join(' ')}`,
    context: { requestId: '', item: 0, asset: index, host, reason: 'its bytes could not be had' },
    moneyState: 'settled',
    cause
  })
}

function shownUrl(url: string): string {
  return url.length > MAX_ADDRESS_LENGTH ? `${url.slice(0, MAX_ADDRESS_LENGTH)}… (cut off)` : url
}
