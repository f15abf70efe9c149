import type { JsonValue } from '@bursar/core'

/** What the gateway sends back. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** A `Set-Cookie` each. */
  readonly cookies?: readonly string[]
  /** An async iterable is streamed, one chunk for each item. */
  readonly body: string | Uint8Array | AsyncIterable<string | Uint8Array>
  /** `lost` closes the connection without a response, `cut` closes it in the middle of the body. */
  readonly delivery?: 'whole' | 'cut' | 'lost'
}

/** A response that never arrives. */
export const lostResponse: HttpResponse = { status: 0, headers: {}, body: '', delivery: 'lost' }

/** A response with a JSON body. */
export function jsonResponse(
  status: number,
  value: JsonValue,
  headers: Readonly<Record<string, string>> = {}
): HttpResponse {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) }
}

/** A response that is a file. */
export function fileResponse(contentType: string, body: Uint8Array): HttpResponse {
  return { status: 200, headers: { 'Content-Type': contentType }, body }
}

/** A response of server-sent events, each of which is already formatted. */
export function eventStreamResponse(events: readonly string[]): HttpResponse {
  const headers = { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' }
  return { status: 200, headers, body: iterate(events) }
}

/** A copy of a response with more headers. A header it already has is replaced. */
export function withHeaders(response: HttpResponse, headers: Readonly<Record<string, string>>): HttpResponse {
  return { ...response, headers: { ...response.headers, ...headers } }
}

/** An error in the shape of Katana's error objects. Every route of the gateway uses it unless its service has its own. */
export function errorResponse(status: number, code: string, message: string): HttpResponse {
  return jsonResponse(status, { error: { code, message, retryable: status >= 500, details: {} } })
}

/** Thrown while a request is read, to end it with an error response. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

async function* iterate(events: readonly string[]): AsyncGenerator<string, void, undefined> {
  yield* events
}
