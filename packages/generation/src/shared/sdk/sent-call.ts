import { abortable } from '@bursar/core'
import { boundedBytes } from '../wire/bounded-body.js'
import { isEventStream, withBody } from '../wire/response-body.js'

/** The most that is kept in memory of an answer whose caller gave up. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024

/** A call that was sent. It goes on when its caller gives up, because it may be charged all the same. */
export class SentCall {
  readonly #stop = new AbortController()
  readonly #answer: Promise<Response>
  #isAbandoned = false
  #endedAtMs: number | undefined

  /** @param nowMs returns the time. */
  constructor(send: (signal: AbortSignal) => Promise<Response>, nowMs: () => number) {
    this.#answer = send(this.#stop.signal)
      .then((response) => (this.#isAbandoned ? keep(response) : response))
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
  async answerFor(signal: AbortSignal | undefined): Promise<Response> {
    this.#isAbandoned = false
    try {
      return until(await abortable(this.#answer, signal), signal)
    } catch (error) {
      this.#isAbandoned = true
      throw error
    }
  }

  /** Ends the call, whose answer is no longer needed. */
  discard(): void {
    this.#stop.abort()
    this.#answer.then((response) => response.body?.cancel()).catch(() => {})
  }
}

/** A stream waits for its reader by itself; everything else is read, so that the connection is free. */
async function keep(response: Response): Promise<Response> {
  if (isEventStream(response.headers)) return response
  const bytes = await boundedBytes(response, MAX_KEPT_BYTES)
  if (bytes === undefined) throw new RangeError(`The answer is larger than ${MAX_KEPT_BYTES} bytes`)
  return withBody(response, bytes)
}

/** The same answer, whose body ends with the signal. */
function until(response: Response, signal: AbortSignal | undefined): Response {
  if (!response.body || !signal) return response
  const body = response.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>(), { signal })
  return withBody(response, body)
}
