import { type JsonObject, parseJsonObject } from '@bursar/core'
import { withOutputLimit } from './output-limit.js'
import { assertDistinctFields, assertPricedFields } from './priced-fields.js'
import { byteLength, type PricedRequest, pricedForm } from './priced-request.js'

/** A request that is about to be priced and sent. */
export interface MeteredRequest {
  readonly priced: PricedRequest
  /** What is sent. */
  readonly init: RequestInit
}

/** How requests to one service are read. */
export interface MeteredRequestOptions {
  /** With the path that all of the service's paths begin with. */
  readonly apiUrl: URL
  /** The tokens that an answer is limited to when its request sets no limit. */
  readonly outputLimit: (body: JsonObject) => number
}

/**
 * Reads a request as the service will read it. One for text that sets no limit to its answer is given one.
 *
 * @throws {BursarError} `request/invalid` when a field can be taken for another, so that the price is not certain.
 */
export async function readMeteredRequest(
  url: URL,
  given: RequestInit,
  { apiUrl, outputLimit }: MeteredRequestOptions
): Promise<MeteredRequest> {
  const path = pathUnder(apiUrl, url)
  // fetch sends `post` as POST.
  const method = (given.method ?? 'GET').toUpperCase()
  if (given.body instanceof FormData) {
    assertDistinctFields(given.body)
    return { priced: { ...pricedForm(path, given.body), method }, init: given }
  }
  const init = await withRepeatableBody(given)
  const text = await new Response(init.body ?? '').text()
  const body = parseJsonObject(text)
  if (!body) return { priced: { method, path, body: {}, bodyBytes: byteLength(text), files: [] }, init }
  assertPricedFields(text, body)
  const sent = withOutputLimit(text, { path, body, tokens: outputLimit(body) })
  const priced = { method, path, body: parseJsonObject(sent) ?? body, bodyBytes: byteLength(sent), files: [] }
  return { priced, init: sent === text ? init : withJson(init, sent) }
}

/** A stream can be read once, and is read for its price. */
async function withRepeatableBody(init: RequestInit): Promise<RequestInit> {
  if (!(init.body instanceof ReadableStream)) return init
  return { ...init, body: await new Response(init.body).arrayBuffer() }
}

function withJson(init: RequestInit, body: string): RequestInit {
  const headers = new Headers(init.headers)
  if (!headers.has('content-type')) headers.set('content-type', 'application/json')
  headers.delete('content-length')
  return { ...init, headers, body }
}

/** The path from the service's own on; the whole path of what lies elsewhere on the origin. */
function pathUnder(apiUrl: URL, { pathname }: URL): string {
  const prefix = apiUrl.pathname.replace(/\/$/, '')
  return pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname
}
