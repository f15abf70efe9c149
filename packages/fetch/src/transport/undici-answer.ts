import type { Answer, OnEnd } from './answer.js'
import { BodyBuffer, type BodySource } from './body-buffer.js'
import { BufferedResponse, withUrl } from './buffered-response.js'
import { decompress, isCompressed } from './decompress.js'

/** An unwanted answer up to this size is read to its end, since that keeps the connection. */
const MAX_DRAIN_BYTES = 256 * 1024

/** Nor does a payment that is already signed wait longer for it to end. */
const MAX_DRAIN_MS = 1_000

/** An answer whose body undici pushes. */
export class UndiciAnswer implements Answer {
  readonly status: number
  readonly #statusText: string
  readonly #headers: Readonly<Record<string, string | string[] | undefined>>
  readonly #body: BodyBuffer
  readonly #hasBody: boolean
  readonly #url: string

  constructor(
    status: number,
    statusText: string,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    source: BodySource,
    request: { readonly method: string; readonly url: string }
  ) {
    this.status = status
    this.#statusText = statusText
    this.#headers = headers
    this.#body = new BodyBuffer(source)
    this.#url = request.url
    this.#hasBody = request.method !== 'HEAD' && status !== 204 && status !== 205 && status !== 304
  }

  /** Where the connection puts what arrives. */
  get body(): BodyBuffer {
    return this.#body
  }

  header(name: string): string | undefined {
    const value = this.#headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  }

  async text(maxBytes: number): Promise<string | undefined> {
    const kept: Uint8Array[] = []
    const decoder = new TextDecoder()
    let text = ''
    let size = 0
    for await (const chunk of this.#chunks(kept)) {
      size += chunk.byteLength
      if (size > maxBytes) break
      text += decoder.decode(chunk, { stream: true })
    }
    this.#body.restore(kept)
    return size > maxBytes ? undefined : text + decoder.decode()
  }

  async discard(): Promise<void> {
    if (this.#hasBody) await this.#body.drain(MAX_DRAIN_BYTES, MAX_DRAIN_MS)
    // undici frees the socket one macrotask after the body's end; a paid leg sent sooner opens another.
    await new Promise((resolve) => setImmediate(resolve))
  }

  toResponse(onEnd?: OnEnd): Response {
    // What no Response may hold, such as a reason phrase beyond Latin-1, must not lose a paid answer.
    const statusText = /^[\t\x20-\x7e\x80-\xff]*$/.test(this.#statusText) ? this.#statusText : ''
    const init = { status: this.status, statusText, headers: this.#headerList() }
    if (this.#hasBody && !this.#hasArrived()) {
      return withUrl(new Response(this.#stream(onEnd), init), this.#url)
    }
    const bytes = joinChunks(this.#body.take())
    const response = this.#hasBody ? new BufferedResponse(bytes, init) : new Response(null, init)
    void onEnd?.()
    return withUrl(response, this.#url)
  }

  /** Whether the whole body is here, and needs no decompression. */
  #hasArrived(): boolean {
    return this.#body.complete && !this.#isCompressed()
  }

  #stream(onEnd: OnEnd | undefined): ReadableStream<Uint8Array> {
    const chunks = this.#chunks()
    if (onEnd) this.#body.watch((failure) => void onEnd(failure))
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          try {
            const { done, value } = await chunks.next()
            if (!done) return controller.enqueue(value)
            controller.close()
            void onEnd?.()
          } catch (failure) {
            await onEnd?.(failure)
            controller.error(failure)
          }
        },
        cancel: (reason) => {
          const failure = reason instanceof Error ? reason : undefined
          void onEnd?.(failure)
          this.#body.cancel(failure ?? new Error('the reader stopped'))
        }
      },
      { highWaterMark: 0 }
    )
  }

  /** The body's chunks, decompressed. `kept` receives them as they came, so that they can be put back. */
  #chunks(kept?: Uint8Array[]): AsyncGenerator<Uint8Array, void> {
    const raw = this.#rawChunks(kept)
    return this.#isCompressed() ? decompress(raw, this.header('content-encoding') ?? '') : raw
  }

  async *#rawChunks(kept?: Uint8Array[]): AsyncGenerator<Uint8Array, void> {
    for (let chunk = await this.#body.next(); chunk; chunk = await this.#body.next()) {
      kept?.push(chunk)
      yield chunk
    }
  }

  #isCompressed(): boolean {
    return isCompressed(this.header('content-encoding'))
  }

  #headerList(): [string, string][] {
    const list: [string, string][] = []
    for (const [name, value] of Object.entries(this.#headers)) {
      if (Array.isArray(value)) for (const each of value) list.push([name, each])
      else if (value !== undefined) list.push([name, value])
    }
    return list
  }
}

function joinChunks(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const [only] = chunks
  if (chunks.length === 1 && only) return only as Uint8Array<ArrayBuffer>
  const joined = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0))
  let offset = 0
  for (const chunk of chunks) {
    joined.set(chunk, offset)
    offset += chunk.byteLength
  }
  return joined
}
