/** How many bytes of a body are buffered before its connection must pause. */
const HIGH_WATER_BYTES = 256 * 1024

/** The connection that a body comes from. */
export interface BodySource {
  pause(): void
  resume(): void
  abort(reason: Error): void
}

/** Buffers the chunks of one answer between the connection that pushes and the reader that pulls. */
export class BodyBuffer {
  #chunks: Uint8Array[] = []
  #bytes = 0
  #ended = false
  #failure: unknown
  #dropping = false
  #reading = 0
  /** What was taken since it was said to be kept. */
  #kept: Uint8Array[] | undefined
  #wake: (() => void) | undefined
  #onBreak: ((failure: unknown) => void) | undefined
  readonly #source: BodySource

  constructor(source: BodySource) {
    this.#source = source
  }

  /** Whether the whole body has arrived. */
  get complete(): boolean {
    return this.#ended && this.#failure === undefined
  }

  push(chunk: Uint8Array): void {
    if (this.#dropping) return
    this.#chunks.push(chunk)
    this.#bytes += chunk.byteLength
    if (this.#bytes > HIGH_WATER_BYTES) this.#source.pause()
    this.#rouse()
  }

  end(failure?: unknown): void {
    if (this.#ended) return
    this.#ended = true
    this.#failure = failure
    this.#rouse()
    if (failure !== undefined) this.#onBreak?.(failure)
  }

  /** Calls back when the body breaks off, whether or not anybody reads. */
  watch(onBreak: (failure: unknown) => void): void {
    this.#onBreak = onBreak
    if (this.#failure !== undefined) onBreak(this.#failure)
  }

  /** Takes everything that has arrived, without waiting. */
  take(): readonly Uint8Array[] {
    const chunks = this.#chunks
    this.#chunks = []
    this.#bytes = 0
    return chunks
  }

  /** Tells who reads from who has read before. */
  get reading(): number {
    return this.#reading
  }

  /** Keeps what is taken from now on, so that it can be put back. */
  keep(): void {
    this.#kept = []
  }

  /**
   * Puts back what was kept, to be read again from the beginning. Who has read it before has left, and gets nothing more: a decoder
   * asks for more than its reader needs, for a while after that has left, and would take from what is read again.
   */
  restore(): void {
    const kept = this.#kept ?? []
    this.#kept = undefined
    this.#reading++
    this.#chunks = [...kept, ...this.#chunks]
    for (const chunk of kept) this.#bytes += chunk.byteLength
    this.#rouse()
  }

  /**
   * The next chunk, or `undefined` at the end. Rejects with what broke the body off.
   *
   * @param reading whose it is. Another one has left, and gets `undefined`.
   */
  async next(reading = this.#reading): Promise<Uint8Array | undefined> {
    while (this.#reading === reading && this.#chunks.length === 0) {
      if (this.#failure !== undefined) throw this.#failure
      if (this.#ended) return undefined
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        this.#source.resume()
      })
    }
    if (this.#reading !== reading) return undefined
    const chunk = this.#chunks.shift()
    if (chunk) this.#kept?.push(chunk)
    this.#bytes -= chunk?.byteLength ?? 0
    return chunk
  }

  /**
   * Discards the rest and waits for the end, or closes the connection when the rest is long. `undefined` where the end is here,
   * as that of most unpaid answers is.
   */
  drain(maxBytes: number, maxMs: number): Promise<void> | undefined {
    if (!this.#ended) return this.#drainRest(maxBytes, maxMs)
    this.#drop()
    return undefined
  }

  async #drainRest(maxBytes: number, maxMs: number): Promise<void> {
    let left = maxBytes
    const timer = setTimeout(() => this.cancel(new Error('the answer does not end')), maxMs)
    try {
      for (let chunk = await this.next(); chunk; chunk = await this.next()) {
        left -= chunk.byteLength
        if (left < 0) return this.cancel(new Error('the answer is not wanted'))
      }
    } catch {
      // A failure of a discarded body does not matter.
    } finally {
      clearTimeout(timer)
    }
  }

  cancel(reason: Error): void {
    this.#drop()
    if (!this.#ended) this.#source.abort(reason)
  }

  #rouse(): void {
    this.#wake?.()
    this.#wake = undefined
  }

  #drop(): void {
    this.#dropping = true
    this.#kept = undefined
    this.take()
  }
}
