import { abortable, responseOf, wholeLengthOf } from '@bursar/core'
import { withAddress } from './response-address.js'

/** One answer for several callers, each of whom reads a body of its own, from its beginning. What is here whole is copied. */
export class SharedResponse {
  readonly response: Response
  readonly #reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  readonly #onEnd: () => void
  readonly #chunks: Uint8Array[] = []
  #reading: Promise<boolean> | undefined
  #openStreams = 0

  /** @param onEnd called when the body has ended, broken off, or been given up by all. */
  constructor(response: Response, onEnd: () => void) {
    this.response = response
    this.#onEnd = onEnd
    this.#reader = isWhole(response) ? undefined : response.body?.getReader()
    if (!this.#reader) onEnd()
  }

  /** A `Response` for one more caller, who may give up without the others. */
  open(signal: AbortSignal | undefined): Response {
    if (isWhole(this.response)) return this.response.clone()
    const { status, statusText, headers } = this.response
    const body = this.#reader ? this.#stream(this.#reader, signal) : null
    return withAddress(responseOf(body, { status, statusText, headers }), this.response)
  }

  #stream(source: ReadableStreamDefaultReader<Uint8Array>, signal?: AbortSignal): ReadableStream<Uint8Array> {
    let position = 0
    this.#openStreams++
    // A stream that fails is not cancelled, so that its reader would be counted for ever.
    const onAbort = (): void => void this.#close(source, signal?.reason).catch(() => {})
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          if (
            position === this.#chunks.length &&
            !(await abortable(this.#readMore(source), signal, { onAbort }))
          )
            return controller.close()
          const chunk = this.#chunks[position++]
          // A copy, since a caller may change what it reads.
          if (chunk) controller.enqueue(chunk.slice())
        },
        cancel: (reason) => this.#close(source, reason)
      },
      { highWaterMark: 0 }
    )
  }

  /** Reads the next chunk for all readers. Returns whether there was one. */
  #readMore(source: ReadableStreamDefaultReader<Uint8Array>): Promise<boolean> {
    this.#reading ??= source.read().then(
      ({ done, value }) => {
        this.#reading = undefined
        if (done) this.#onEnd()
        else this.#chunks.push(value)
        return !done
      },
      (failure: unknown) => {
        this.#onEnd()
        throw failure
      }
    )
    return this.#reading
  }

  async #close(source: ReadableStreamDefaultReader<Uint8Array>, reason: unknown): Promise<void> {
    this.#openStreams--
    if (this.#openStreams > 0) return
    this.#onEnd()
    await source.cancel(reason)
  }
}

function isWhole(response: Response): boolean {
  return wholeLengthOf(response) !== undefined
}
