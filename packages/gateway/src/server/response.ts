import type { JsonValue } from '@bursar/core'

/** What goes back to the client. */
export interface HttpResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** A stream is sent piece by piece. */
  readonly body: string | Uint8Array | AsyncIterable<string>
  /** `lost`: the socket is destroyed instead. `cut`: it is destroyed in the middle of the body. */
  readonly delivery?: 'whole' | 'cut' | 'lost'
}

/** An answer that never arrives. */
export const lostResponse: HttpResponse = { status: 0, headers: {}, body: '', delivery: 'lost' }

/** Answers with JSON. */
export function jsonResponse(
  status: number,
  value: JsonValue,
  headers: Readonly<Record<string, string>> = {}
): HttpResponse {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) }
}

/** Adds headers to an answer, over those that it has. */
export function withHeaders(response: HttpResponse, headers: Readonly<Record<string, string>>): HttpResponse {
  return { ...response, headers: { ...response.headers, ...headers } }
}

/** A refusal in the shape of Katana's error objects, which every route of the gateway uses. */
export function errorResponse(status: number, code: string, message: string): HttpResponse {
  return jsonResponse(status, { error: { code, message, retryable: status >= 500, details: {} } })
}

/** Thrown by whatever reads a request, to end it with an answer. */
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
