import { eitherSignal, isError, joinBytes, responseOf } from '@bursar/core'
import { BodyBuffer, type BodySource } from './body-buffer.js'
import { bodyStream, type ChunkSource } from './body-stream.js'
import { BufferedResponse } from './buffered-response.js'
import { decompress, isCompressed } from './decompress.js'
import type { BodyObserver, IncomingResponse, TextLimits } from './incoming-response.js'
import { withAddress } from './response-address.js'
import { BodyTimeout, type OutgoingRequest } from './transport.js'
import { nextTurn } from './turns.js'

/** An unwanted answer up to this size is read to its end, since that keeps the connection. */
const MAX_DRAIN_BYTES = 256 * 1024

/** The longest wait for that end, so that a signed payment is not delayed. */
const MAX_DRAIN_MS = 1_000

/** An answer's first line and headers, as undici gives them. */
export interface UndiciHead {
  readonly status: number
  readonly statusText: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** An answer whose body undici pushes. */
export class UndiciResponse implements IncomingResponse {
  /** Receives the chunks from the connection. */
  readonly body: BodyBuffer
  readonly #head: UndiciHead
  readonly #request: OutgoingRequest['request']
  readonly #idleBodyMs: number | undefined
  /** Ends the decompression, which may go on when all has arrived. */
  #decoding: AbortController | undefined

  constructor(
    head: UndiciHead,
    source: BodySource,
    { request, idleBodyMs }: Pick<OutgoingRequest, 'request' | 'idleBodyMs'>
  ) {
    this.body = new BodyBuffer(source)
    this.#head = head
    this.#request = request
    this.#idleBodyMs = idleBodyMs
  }

  get status(): number {
    return this.#head.status
  }

  get statusText(): string {
    return this.#head.statusText
  }

  header(name: string): string | undefined {
    const value = this.#head.headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  }

  async text({ maxBytes, timeoutMs }: TextLimits): Promise<string | undefined> {
    const timer = setTimeout(() => this.#stop(new BodyTimeout()), timeoutMs)
    const decoder = new TextDecoder()
    let text = ''
    let size = 0
    this.body.keep()
    try {
      for await (const chunk of this.#chunks()) {
        size += chunk.byteLength
        if (size > maxBytes) break
        text += decoder.decode(chunk, { stream: true })
      }
    } finally {
      clearTimeout(timer)
      this.body.restore()
    }
    return size > maxBytes ? undefined : text + decoder.decode()
  }

  discard(): Promise<void> {
    const draining = this.#hasBody() ? this.body.drain(MAX_DRAIN_BYTES, MAX_DRAIN_MS) : undefined
    return draining ? draining.then(untilFree) : untilFree()
  }

  async toResponse(observer?: BodyObserver): Promise<Response> {
    const { status, statusText } = this.#head
    // Without the body of the request, which would be kept for as long as the answer.
    const address = { url: this.#request.url, redirected: this.#request.redirected }
    const init = {
      status,
      // A reason phrase that a Response does not accept, such as one beyond Latin-1, must not lose a paid answer.
      statusText: /^[\t\x20-\x7e\x80-\xff]*$/.test(statusText) ? statusText : '',
      headers: this.#headerList()
    }
    if (!this.#hasBody() || this.#hasArrived()) {
      await observer?.onComplete()
      if (!this.#hasBody()) return withAddress(responseOf(null, init), address)
      return new BufferedResponse(joinChunks(this.body.take()), init, address)
    }
    if (observer) this.body.watch((failure) => void observer.onBreak(failure))
    return withAddress(responseOf(bodyStream(this.#source(), observer), init), address)
  }

  #hasBody(): boolean {
    const { status } = this.#head
    return this.#request.method !== 'HEAD' && status !== 204 && status !== 205 && status !== 304
  }

  /** Whether the whole body is here, needs no decompression, and has a status that a Response is made with. */
  #hasArrived(): boolean {
    return this.body.complete && this.#head.status <= 599 && !isCompressed(this.header('content-encoding'))
  }

  #source(): ChunkSource {
    const chunks = this.#chunks()[Symbol.asyncIterator]()
    const cancel = (reason: unknown): void =>
      this.#stop(isError(reason) ? reason : new Error('the reader stopped'))
    return {
      next: async () => {
        const timer = this.#limitDecoding()
        try {
          const { done, value } = await chunks.next()
          return done ? undefined : value
        } catch (failure) {
          // Stops reading a body that cannot be decompressed.
          cancel(failure)
          throw failure
        } finally {
          clearTimeout(timer)
        }
      },
      cancel
    }
  }

  /** Limits how long a reader waits for what a decoder gives. Undici limits the pauses of what arrives. */
  #limitDecoding(): NodeJS.Timeout | undefined {
    if (!this.#decoding || this.#idleBodyMs === undefined) return undefined
    return setTimeout(() => this.#stop(new BodyTimeout()), this.#idleBodyMs)
  }

  #stop(reason: Error): void {
    this.body.cancel(reason)
    this.#decoding?.abort(reason)
  }

  /** The body's chunks, decompressed. */
  #chunks(): AsyncIterable<Uint8Array> {
    const raw = this.#rawChunks(this.body.reading)
    const coding = this.header('content-encoding')
    if (coding === undefined || !isCompressed(coding)) return raw
    this.#decoding = new AbortController()
    return decompress(raw, coding, eitherSignal(this.#request.signal, this.#decoding.signal))
  }

  async *#rawChunks(reading: number): AsyncGenerator<Uint8Array, void> {
    for (let chunk = await this.body.next(reading); chunk; chunk = await this.body.next(reading)) yield chunk
  }

  #headerList(): [string, string][] {
    const list: [string, string][] = []
    for (const [name, value] of Object.entries(this.#head.headers)) {
      if (Array.isArray(value)) for (const each of value) list.push([name, each])
      else if (value !== undefined) list.push([name, value])
    }
    return list
  }
}

/** Undici frees the socket one macrotask after the body's end; a request sent sooner would open another. */
function untilFree(): Promise<void> {
  return new Promise((resolve) => nextTurn(resolve))
}

function joinChunks(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const [only] = chunks
  if (chunks.length === 1 && only) return only as Uint8Array<ArrayBuffer>
  return joinBytes(chunks)
}
