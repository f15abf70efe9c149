import { responseOf, SharedBody, wholeLengthOf } from '@bursar/core'
import { withAddress } from './response-address.js'

/** Bytes that are kept of an answer for who joins it. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024

/** One answer for several callers, each of whom reads a body of its own, from its beginning. What is here whole is copied. */
export class SharedResponse {
  readonly response: Response
  readonly #body: SharedBody | undefined

  /**
   * @param onEnd called when nobody can join any more: the body has ended, broken off, been given up by all, or is longer than is
   * kept.
   */
  constructor(response: Response, onEnd: () => void) {
    this.response = response
    this.#body = isWhole(response) || !response.body ? undefined : shared(response.body, onEnd)
    if (!this.#body) onEnd()
  }

  /**
   * A `Response` for one more caller, who may give up without the others.
   *
   * @returns nothing where its beginning is not kept any more.
   */
  open(signal: AbortSignal | undefined): Response | undefined {
    if (isWhole(this.response)) return this.response.clone()
    const { status, statusText, headers } = this.response
    const body = this.#body ? this.#body.open(signal) : null
    if (body === undefined) return undefined
    return withAddress(responseOf(body, { status, statusText, headers }), this.response)
  }
}

function shared(source: ReadableStream<Uint8Array>, onEnd: () => void): SharedBody {
  const body: SharedBody = new SharedBody(source, {
    maxBytes: MAX_KEPT_BYTES,
    onEnd,
    onLeft: (reason) => {
      onEnd()
      return body.close(reason)
    },
    // What was paid is on the receipt that its caller has.
    tooSlow: () => new Error('The answer is longer than is kept for who reads it later than an equal call')
  })
  return body
}

function isWhole(response: Response): boolean {
  return wholeLengthOf(response) !== undefined
}
