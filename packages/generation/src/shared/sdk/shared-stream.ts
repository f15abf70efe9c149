import { withBody } from '../wire/response-body.js'

/** A stream of events that any number of calls have, each from its beginning. It is kept as far as anybody has read it. */
export class SharedStream {
  /** Never read itself: each reader has a copy. */
  readonly #response: Response
  readonly #nowMs: () => number
  #readers = 0
  #byteLength = 0
  #lastAtMs: number

  constructor(response: Response, nowMs: () => number) {
    this.#nowMs = nowMs
    this.#lastAtMs = nowMs()
    const onChunk = ({ byteLength }: Uint8Array): void => {
      this.#byteLength += byteLength
      this.#lastAtMs = this.#nowMs()
    }
    const body = response.body && passed(response.body, { onChunk })
    this.#response = withBody(response, body)
  }

  get byteLength(): number {
    return this.#byteLength
  }

  /** When something of it came last. Unix milliseconds. */
  get lastAtMs(): number {
    return this.#lastAtMs
  }

  get isRead(): boolean {
    return this.#readers > 0
  }

  open(): Response {
    const { body } = this.#response.clone()
    this.#readers++
    const onEnd = (): void => {
      this.#readers--
    }
    return withBody(this.#response, body && passed(body, { onEnd }))
  }

  /** Nobody opens it any more. Where nobody reads it either, its connection ends. */
  drop(): void {
    // Who has just found it opens it first.
    setTimeout(() => this.#response.body?.cancel().catch(() => {}), 0)
  }
}

/** Who is told of what a stream hands on. */
interface Watcher {
  readonly onChunk?: (chunk: Uint8Array) => void
  /** Is told once that it is over: read, broken off or left. */
  readonly onEnd?: () => void
}

function passed(body: ReadableStream<Uint8Array>, { onChunk, onEnd }: Watcher): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (done) {
          onEnd?.()
          return controller.close()
        }
        onChunk?.(value)
        controller.enqueue(value)
      } catch (error) {
        onEnd?.()
        throw error
      }
    },
    cancel() {
      onEnd?.()
      // Not waited for, since a copy ends with the last of all. An error: what was left has not been read whole.
      reader.cancel(new DOMException('Everybody has left', 'AbortError')).catch(() => {})
    }
  })
}
