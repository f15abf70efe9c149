import type { IncomingMessage } from 'node:http'
import { isJsonObject, type JsonObject } from '@bursar/core'
import { type RequestBody, sha256 } from './request-body.js'
import { HttpError } from './response.js'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** One request, as the routes see it. */
export interface HttpRequest {
  readonly method: string
  readonly path: string
  /** With its question mark, or empty. */
  readonly query: string
  readonly search: URLSearchParams
  readonly body: RequestBody
  /** The value of a header, by its lower-case name. Node joins a repeated header with commas. */
  header(name: string): string | undefined
  /** All headers. */
  headers(): Headers
}

/** Reads the request line and the headers. The body is not touched. */
export function readRequestHead(message: IncomingMessage, body: RequestBody): HttpRequest {
  const target = message.url ?? '/'
  const mark = target.indexOf('?')
  const query = mark < 0 ? '' : target.slice(mark)
  return {
    method: message.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query,
    search: new URLSearchParams(query),
    body,
    header: (name) => headerOf(message, name),
    headers: () =>
      new Headers(
        Object.keys(message.headers).map((name): [string, string] => [name, headerOf(message, name) ?? ''])
      )
  }
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value.join(', ') : value
}

/**
 * Hashes everything that a payment is bound to: method, path, query and body.
 *
 * @throws {HttpError} 413 or 400 when the body cannot be read.
 */
export async function fingerprintOf(request: HttpRequest): Promise<string> {
  const { sha256: bodyHash } = await request.body.digest()
  return sha256(`${headFingerprint(request)}\n${bodyHash}`)
}

/** Hashes what is known before the body: method, path and query. */
export function headFingerprint({ method, path, query }: HttpRequest): string {
  return sha256(`${method}\n${path}\n${query}`)
}

/**
 * Reads the body as a JSON object.
 *
 * @throws {HttpError} 400 when it is anything else; 413 when it is too large.
 */
export async function readJson(request: HttpRequest): Promise<JsonObject> {
  const bytes = await request.body.whole()
  let value: unknown
  try {
    value = JSON.parse(utf8.decode(bytes))
  } catch {
    throw new HttpError(400, 'invalid_json', 'The body is not JSON in UTF-8.')
  }
  if (!isJsonObject(value)) throw new HttpError(400, 'invalid_json', 'The body is not a JSON object.')
  return value
}
