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
  #restores = 0
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
    this.#wake?.()
  }

  end(failure?: unknown): void {
    if (this.#ended) return
    this.#ended = true
    this.#failure = failure
    this.#wake?.()
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

  /**
   * Puts back what was taken, to be read again from the beginning. Who still waits for the next chunk has left: a decoder asks
   * for more than its reader needs, and would take from what is read again.
   */
  restore(chunks: readonly Uint8Array[]): void {
    this.#restores++
    this.#wake?.()
    this.#chunks = [...chunks, ...this.#chunks]
    for (const chunk of chunks) this.#bytes += chunk.byteLength
  }

  /** The next chunk, or `undefined` at the end, and once what was taken is put back. Rejects with what broke the body off. */
  async next(): Promise<Uint8Array | undefined> {
    const restores = this.#restores
    while (this.#chunks.length === 0) {
      if (this.#failure !== undefined) throw this.#failure
      if (this.#ended) return undefined
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        this.#source.resume()
      })
      this.#wake = undefined
      if (this.#restores !== restores) return undefined
    }
    const chunk = this.#chunks.shift()
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

  #drop(): void {
    this.#dropping = true
    this.take()
  }
}
