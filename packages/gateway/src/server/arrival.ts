import type { IncomingMessage } from 'node:http'
import { isJsonObject, type JsonObject } from '@bursar/core'
import { HttpProblem } from './answer.js'
import { type RequestBody, sha256 } from './body.js'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** One request, as the routes see it. */
export interface Arrival {
  readonly method: string
  readonly path: string
  /** With its question mark, or empty. */
  readonly query: string
  readonly search: URLSearchParams
  readonly body: RequestBody
  /** By lower-case name; of a repeated header, what Node joins it to. */
  header(name: string): string | undefined
}

/** Reads the request line and the headers; the body stays where it is. */
export function arrivalOf(message: IncomingMessage, body: RequestBody): Arrival {
  const target = message.url ?? '/'
  const mark = target.indexOf('?')
  const query = mark < 0 ? '' : target.slice(mark)
  return {
    method: message.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query,
    search: new URLSearchParams(query),
    body,
    header: (name) => {
      const value = message.headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    }
  }
}

/**
 * Names a request by everything that a payment is bound to: method, path, query and body.
 *
 * @throws {HttpProblem} 413, 400
 */
export async function fingerprintOf(arrival: Arrival): Promise<string> {
  const { sha256: bodyHash } = await arrival.body.digest()
  return sha256(`${headFingerprint(arrival)}\n${bodyHash}`)
}

/** Names a request by what is known before its body. */
export function headFingerprint({ method, path, query }: Arrival): string {
  return sha256(`${method}\n${path}\n${query}`)
}

/**
 * Reads the body as a JSON object.
 *
 * @throws {HttpProblem} 400 when it is anything else; 413
 */
export async function readJson(arrival: Arrival): Promise<JsonObject> {
  const bytes = await arrival.body.whole()
  let value: unknown
  try {
    value = JSON.parse(utf8.decode(bytes))
  } catch {
    throw new HttpProblem(400, 'invalid_json', 'The body is not JSON in UTF-8.')
  }
  if (!isJsonObject(value)) throw new HttpProblem(400, 'invalid_json', 'The body is not a JSON object.')
  return value
}
