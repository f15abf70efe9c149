import { type Clock, SharedBody } from '@bursar/core'
import { withBody } from '../wire/response-body.js'
import { notKept } from './keep-answer.js'

/** For how long a stream that its readers have left waits for another: its connection keeps the process from ending. */
const LEFT_MS = 60_000

/** How far a stream that its readers have left is read on, since many leave it at its last event. */
const MAX_TRAILING_BYTES = 64 * 1024

/** How a stream is shared. */
export interface StreamSharing {
  readonly clock: Pick<Clock, 'nowMs' | 'sleep'>
  /** The most that is kept of it, in bytes. */
  readonly maxBytes: number
}

/** A stream of events that any number of calls have, each from its beginning. */
export class SharedStream {
  /** Never read itself. */
  readonly #response: Response
  readonly #clock: StreamSharing['clock']
  readonly #body: SharedBody | undefined
  #lastAtMs: number
  #isLeft = false
  /** Aborted by the next reader, and once it has ended. */
  #waiting = new AbortController()

  constructor(response: Response, { clock, maxBytes }: StreamSharing) {
    this.#response = response
    this.#clock = clock
    this.#lastAtMs = clock.nowMs()
    this.#body =
      response.body === null
        ? undefined
        : new SharedBody(response.body, {
            maxBytes,
            onChunk: () => {
              this.#lastAtMs = clock.nowMs()
            },
            onLeft: async () => void this.#waitForReader(),
            tooSlow: () => notKept(response, 'it is longer than is kept, and was read too slowly')
          })
  }

  get byteLength(): number {
    return this.#body?.byteLength ?? 0
  }

  /** When something of it came last. Unix milliseconds. */
  get lastAtMs(): number {
    return this.#lastAtMs
  }

  get isRead(): boolean {
    return this.#body?.isRead ?? false
  }

  /** Whether its readers have left it before its end, and nobody came back: it counts as not read. */
  get isLeft(): boolean {
    return this.#isLeft
  }

  /** @returns nothing where it is longer than is kept. */
  open(): Response | undefined {
    this.#waiting.abort()
    if (!this.#body) return withBody(this.#response, null)
    const body = this.#body.open()
    return body && withBody(this.#response, body)
  }

  /** Nobody opens it any more. Where nobody reads it either, its connection ends. */
  drop(): void {
    // Who has just found it opens it first.
    setTimeout(() => this.#close(), 0)
  }

  async #waitForReader(): Promise<void> {
    const waiting = new AbortController()
    this.#waiting = waiting
    if (this.#body?.isWhole) {
      const isOver = this.#clock.sleep(LEFT_MS, waiting.signal, { keepsAlive: false })
      // One that breaks off is left as one that was not read.
      const reading = this.#body.readOn(MAX_TRAILING_BYTES).catch(() => false)
      void reading.then((hasEnded) => hasEnded && waiting.abort())
      const isKept = await isOver.then(
        () => false,
        () => true
      )
      if (isKept) return
    }
    this.#isLeft = true
    this.#close()
  }

  #close(): void {
    this.#waiting.abort()
    // An error: what was left has not been read whole.
    this.#body?.close(new DOMException('Everybody has left', 'AbortError')).catch(() => {})
  }
}
