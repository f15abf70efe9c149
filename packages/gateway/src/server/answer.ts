import type { JsonValue } from '@bursar/core'

/** What goes back to the client. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** A stream is sent piece by piece. */
  readonly body: string | Uint8Array | AsyncIterable<string>
  /** `lost`: the socket is destroyed instead. `cut`: it is destroyed in the middle of the body. */
  readonly delivery?: 'whole' | 'cut' | 'lost'
}

/** An answer that never arrives. */
export const lostAnswer: Answer = { status: 0, headers: {}, body: '', delivery: 'lost' }

/** Answers with JSON. */
export function jsonAnswer(
  status: number,
  value: JsonValue,
  headers: Readonly<Record<string, string>> = {}
): Answer {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(value) }
}

/** Adds headers to an answer, over those that it has. */
export function withHeaders(answer: Answer, headers: Readonly<Record<string, string>>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } }
}

/** A refusal in the shape of Katana's error objects, which every route of the gateway uses. */
export function errorAnswer(status: number, code: string, message: string): Answer {
  return jsonAnswer(status, { error: { code, message, retryable: status >= 500, details: {} } })
}

/** Thrown by whatever reads a request, to end it with an answer. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}
