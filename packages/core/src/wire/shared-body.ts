/** How a body is shared. */
export interface BodySharing {
  /** The most that is kept of it, in bytes. */
  readonly maxBytes: number
  /** Is told of each chunk once, as it comes. */
  readonly onChunk?: () => void
  /** Is told that it has ended, or broken off, or that its beginning is not kept any more. */
  readonly onEnd?: () => void
  /** Is told that the last of its readers has left it before its end. */
  readonly onLeft: (reason: unknown) => Promise<void>
  /** What a reader gets who reads nothing for half a minute, while the others wait for room. */
  readonly tooSlow: () => Error
}

const TOO_SLOW_MS = 30_000

/** Somebody who reads a body. */
interface Reader {
  /** Of the next chunk. */
  index: number
  stopListening(): void
  fail(reason: unknown): void
}

/**
 * A body that any number of readers have, each from its beginning. It is kept as far as anybody has read it. One that is longer
 * than is kept goes on for those who are reading it, as fast as the slowest of them.
 */
export class SharedBody {
  readonly #source: ReadableStreamDefaultReader<Uint8Array>
  readonly #sharing: BodySharing
  readonly #readers = new Set<Reader>()
  #chunks: Uint8Array[] = []
  /** How many chunks are not kept any more. */
  #dropped = 0
  #byteLength = 0
  #isWhole = true
  #isEnded = false
  /** Whether there is one more chunk. Absent: nobody waits for it. */
  #reading: Promise<boolean> | undefined
  #onRoom = (): void => {}

  constructor(body: ReadableStream<Uint8Array>, sharing: BodySharing) {
    this.#source = body.getReader()
    this.#sharing = sharing
  }

  /** How many bytes are kept. */
  get byteLength(): number {
    return this.#byteLength
  }

  get isRead(): boolean {
    return this.#readers.size > 0
  }

  /** Whether its beginning is kept, for one more reader. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  /**
   * @param signal ends the reading, with its reason.
   * @returns nothing where its beginning is not kept any more.
   */
  open(signal?: AbortSignal): ReadableStream<Uint8Array> | undefined {
    if (!this.#isWhole) return undefined
    const reader: Reader = { index: 0, stopListening: () => {}, fail: () => {} }
    this.#readers.add(reader)
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          const onAbort = (): void => reader.fail(signal?.reason)
          reader.fail = (reason) => {
            controller.error(reason)
            this.#leave(reader, reason).catch(() => {})
          }
          reader.stopListening = () => signal?.removeEventListener('abort', onAbort)
          if (signal?.aborted) onAbort()
          else signal?.addEventListener('abort', onAbort)
        },
        pull: async (controller) => {
          const chunk = await this.#next(reader)
          if (chunk) controller.enqueue(chunk)
          else controller.close()
        },
        cancel: (reason) => this.#leave(reader, reason)
      },
      { highWaterMark: 0 }
    )
  }

  /**
   * Reads on for a while though nobody does: who leaves at the last event has not seen that it ends there.
   *
   * @returns whether it has ended.
   */
  async readOn(maxBytes: number): Promise<boolean> {
    const until = this.#byteLength + maxBytes
    while (this.#isWhole && !this.isRead && !this.#isEnded && this.#byteLength < until) {
      this.#reading ??= this.#readChunk()
      await this.#reading
    }
    return this.#isEnded
  }

  /** Nobody opens it any more. Where nobody reads it either, its source ends. */
  async close(reason: unknown): Promise<void> {
    this.#isWhole = false
    this.#dropRead()
    if (!this.isRead) await this.#source.cancel(reason)
  }

  async #next(reader: Reader): Promise<Uint8Array | undefined> {
    try {
      while (this.#readers.has(reader)) {
        const chunk = this.#chunks[reader.index - this.#dropped]
        if (chunk) {
          reader.index++
          this.#dropRead()
          // A copy, since a reader may change what it reads. The slice of a Buffer is none.
          return new Uint8Array(chunk)
        }
        this.#reading ??= this.#readChunk()
        if (!(await this.#reading)) break
      }
    } catch (error) {
      this.#forget(reader)
      throw error
    }
    this.#forget(reader)
    return undefined
  }

  /** Reads the next chunk for all readers, once there is room for it. */
  async #readChunk(): Promise<boolean> {
    const { maxBytes, onChunk, onEnd } = this.#sharing
    while (this.#byteLength > maxBytes) await this.#makeRoom()
    try {
      const { done, value } = await this.#source.read()
      if (done) {
        this.#end()
        return false
      }
      this.#chunks.push(value)
      this.#byteLength += value.byteLength
    } catch (error) {
      this.#end()
      throw error
    }
    this.#reading = undefined
    onChunk?.()
    if (this.#isWhole && this.#byteLength > maxBytes) {
      this.#isWhole = false
      onEnd?.()
    }
    return true
  }

  /** Waits until somebody has read on. Who does not in time holds up those who wait no longer. */
  async #makeRoom(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const isRead = await new Promise<boolean>((resolve) => {
      this.#onRoom = () => resolve(true)
      timer = setTimeout(() => resolve(false), TOO_SLOW_MS)
    })
    clearTimeout(timer)
    const readers = [...this.#readers]
    const isWaitedFor = readers.some(({ index }) => index === this.#dropped + this.#chunks.length)
    const slow = isRead || !isWaitedFor ? [] : readers.filter(({ index }) => index === this.#dropped)
    for (const reader of slow) reader.fail(this.#sharing.tooSlow())
  }

  #end(): void {
    this.#isEnded = true
    this.#sharing.onEnd?.()
  }

  async #leave(reader: Reader, reason: unknown): Promise<void> {
    if (this.#forget(reader) && !this.isRead && !this.#isEnded) await this.#sharing.onLeft(reason)
  }

  /** @returns whether it was one. */
  #forget(reader: Reader): boolean {
    reader.stopListening()
    const isReader = this.#readers.delete(reader)
    this.#dropRead()
    return isReader
  }

  /** Of what nobody can read from its beginning, only what somebody has still to read is kept. */
  #dropRead(): void {
    if (this.#isWhole) return
    const first = Math.min(
      this.#dropped + this.#chunks.length,
      ...[...this.#readers].map(({ index }) => index)
    )
    for (const { byteLength } of this.#chunks.splice(0, first - this.#dropped)) this.#byteLength -= byteLength
    this.#dropped = first
    this.#onRoom()
  }
}
