import { isJsonObject, isLoopback, type JsonObject, type JsonValue, parseJsonObject } from '@bursar/core'
import { HttpProblem } from '@bursar/local-server'
import { readImageFormat } from '@bursar/translation'
import { readAnswer } from './read-answer.js'

/** Bytes of one image. */
const MAX_BYTES = 64 * 1024 * 1024

/** Where images may be had from. */
interface Downloading {
  /** Its own images need no https. */
  readonly apiUrl: string
  readonly signal: AbortSignal
}

/** Adds the bytes to an answer with the URLs of images, where the client reads bytes. */
export async function withImageBytes(
  response: Response,
  request: JsonObject,
  downloading: Downloading
): Promise<Response> {
  const type = response.headers.get('content-type') ?? ''
  if (request.stream === true || !type.startsWith('application/json')) return response
  if (readImageFormat(request) === 'url') return response
  const { status, headers } = response
  const text = await readAnswer(response)
  const answer = parseJsonObject(text)
  if (!Array.isArray(answer?.data)) return new Response(text, { status, headers })
  const data = await Promise.all(answer.data.map((image) => withBytes(image, downloading)))
  return new Response(JSON.stringify({ ...answer, data }), { status, headers: { 'content-type': type } })
}

async function withBytes(image: JsonValue, downloading: Downloading): Promise<JsonValue> {
  if (!isJsonObject(image) || typeof image.b64_json === 'string' || typeof image.url !== 'string')
    return image
  const { url } = image
  const bytes = await download(url, downloading).catch(() => undefined)
  if (!bytes) throw notHad(url)
  return { ...image, b64_json: Buffer.from(bytes).toString('base64') }
}

async function download(url: string, { apiUrl, signal }: Downloading): Promise<Uint8Array | undefined> {
  const [image, api] = [new URL(url), new URL(apiUrl)]
  if (image.origin !== api.origin && image.protocol !== 'https:' && image.protocol !== 'data:')
    return undefined
  // A service elsewhere does not get to name this machine.
  if (isLoopback(image.hostname) && !isLoopback(api.hostname)) return undefined
  const response = await fetch(url, { signal, redirect: 'error' })
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength
    if (length > MAX_BYTES) return undefined
    chunks.push(chunk)
  }
  return response.ok ? Buffer.concat(chunks) : undefined
}

function notHad(url: string): HttpProblem {
  return new HttpProblem({
    status: 502,
    code: 'asset_unavailable',
    message: `The image is paid for, and its bytes could not be had. Its URL: ${url.slice(0, 500)}`,
    moneyState: 'settled'
  })
}
