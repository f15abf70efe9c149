/** The head of an answer. */
export interface AnswerHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/**
 * An answer that is kept as it comes, so that it can be read from its beginning by whoever asks for it again, while it is
 * still coming as well.
 */
export class Recording {
  readonly #chunks: Uint8Array[] = []
  #bytes = 0
  #head: AnswerHead | undefined
  #end: { readonly error?: unknown } | undefined
  #changed = signalled()

  /** How much is kept. */
  get bytes(): number {
    return this.#bytes
  }

  get isOver(): boolean {
    return this.#end !== undefined
  }

  begin(head: AnswerHead): void {
    this.#head = head
    this.#announce()
  }

  write(chunk: Uint8Array): void {
    this.#chunks.push(chunk)
    this.#bytes += chunk.byteLength
    this.#announce()
  }

  /** Ends it, well or with an error. Once: what comes later is nothing. */
  end(error?: unknown): void {
    this.#end ??= error === undefined ? {} : { error }
    this.#announce()
  }

  /** Waits for the head. @throws what it ended with before. */
  async head(): Promise<AnswerHead> {
    for (;;) {
      if (this.#head) return this.#head
      if (this.#end) throw this.#end.error
      await this.#changed.promise
    }
  }

  /** Reads from the beginning. @throws what it ended with, after what came before. */
  async *read(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let at = 0; ; ) {
      const chunk = this.#chunks[at]
      if (chunk) {
        at++
        yield chunk
      } else if (this.#end) {
        if (this.#end.error !== undefined) throw this.#end.error
        return
      } else await this.#changed.promise
    }
  }

  #announce(): void {
    const { resolve } = this.#changed
    this.#changed = signalled()
    resolve()
  }
}

function signalled(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
