import { abortable } from '@bursar/core'
import { withBody } from '../wire/response-body.js'
import type { CostedAnswer } from './with-cost.js'

/** How a call is sent. */
interface SentCallParts {
  readonly send: (signal: AbortSignal) => Promise<CostedAnswer>
  /** Keeps an answer whose caller gave up. */
  readonly keep: (response: Response) => Promise<Response>
  /** Returns the time. */
  readonly nowMs: () => number
}

/** A call that was sent. It goes on when its caller gives up, because it may be charged all the same. */
export class SentCall {
  readonly #stop = new AbortController()
  readonly #answer: Promise<CostedAnswer>
  #isAbandoned = false
  #endedAtMs: number | undefined

  constructor({ send, keep, nowMs }: SentCallParts) {
    this.#answer = send(this.#stop.signal)
      .then(async ({ response, ...costed }) => ({
        response: this.#isAbandoned ? await keep(response) : response,
        ...costed
      }))
      .finally(() => {
        this.#endedAtMs = nowMs()
      })
    // A failure is reported to the next equal call, if there is one.
    this.#answer.catch(() => {})
  }

  /** When the answer came. Unix milliseconds. */
  get endedAtMs(): number | undefined {
    return this.#endedAtMs
  }

  /**
   * Hands the answer to a caller, whose signal ends the reading of it.
   *
   * @throws the signal's reason, and what the call failed with.
   */
  async answerFor(signal: AbortSignal | undefined): Promise<CostedAnswer> {
    this.#isAbandoned = false
    try {
      const { response, ...costed } = await abortable(this.#answer, signal)
      return { response: until(response, signal), ...costed }
    } catch (error) {
      this.#isAbandoned = true
      throw error
    }
  }

  /** Ends the call, whose answer is no longer needed. */
  discard(): void {
    this.#stop.abort()
    this.#answer.then(({ response }) => response.body?.cancel()).catch(() => {})
  }
}

/** The same answer, whose body ends with the signal. */
export function until(response: Response, signal: AbortSignal | undefined): Response {
  if (!response.body || !signal) return response
  const body = response.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>(), { signal })
  return withBody(response, body)
}
