import { isJsonObject, type JsonValue, parseJsonObject } from '@bursar/core'
import { type ModelNames, nearestModelMessage } from '@bursar/translation'
import { readAhead } from '../../wire/read-ahead.js'
import { withBody } from '../../wire/response-body.js'

/** Bytes of an error that is read for what it says. None is near it. */
const MAX_ERROR_BYTES = 1024 * 1024

/** Of our own errors, those that may come of a model that the service does not list. */
const ofModels: ReadonlySet<JsonValue | undefined> = new Set([
  'service/refused',
  'request/invalid',
  'price/unknown'
])

/**
 * Adds to the rejection of a model that a service does not list which one may be meant, and where the names are, as the proxy
 * does. Every other answer stays as it is.
 */
export async function withNearestModel(
  response: Response,
  asked: JsonValue | undefined,
  names: ModelNames
): Promise<Response> {
  const { status, headers } = response
  const money = headers.get('x-bursar-money')
  const isFree = money === null || money === 'none'
  if (typeof asked !== 'string' || (status !== 400 && status !== 404) || !isFree) return response
  const { bytes, response: same } = await readAhead(response, MAX_ERROR_BYTES)
  const body = bytes && parseJsonObject(new TextDecoder().decode(bytes))
  const error = isJsonObject(body?.error) ? body.error : {}
  const { code, message } = error
  const words =
    typeof message === 'string' && (money === null || ofModels.has(code))
      ? await nearestModelMessage({ message, asked }, names)
      : undefined
  if (words === undefined) return same
  // A model without a price is none of those that are listed, or one that can be given a price.
  const where = code === 'price/unknown' ? '' : ' GET /v1/models lists them'
  return withBody(response, JSON.stringify({ ...body, error: { ...error, message: `${words}${where}` } }))
}
