import { randomUUID } from 'node:crypto'
import { CostTally, type JsonObject } from '@bursar/core'

/** The head of an answer. */
export interface AnswerHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** An answer that is kept as it arrives, so that any number of readers can read it from its beginning. */
export class Recording {
  /** What it cost. */
  readonly costs: CostTally
  /** Unique among answers. */
  readonly id: string
  /** The answer as one object, where it came as that, whatever form it is recorded in. */
  whole: JsonObject | undefined
  readonly #chunks: Uint8Array[] = []
  #byteLength = 0
  #head: AnswerHead | undefined
  #end: { readonly error?: unknown } | undefined
  /** Readers that wait for a change. */
  #waiting: (() => void)[] = []

  /** @param same an answer of which this one is another form. Default: none. */
  constructor(same?: Pick<Recording, 'costs' | 'id'>) {
    this.costs = same?.costs ?? new CostTally()
    this.id = same?.id ?? randomUUID().replaceAll('-', '')
  }

  /** How many bytes are kept. */
  get byteLength(): number {
    return this.#byteLength
  }

  /** What it ended with, if not well. */
  get error(): unknown {
    return this.#end?.error
  }

  /** Whether it is a failure that was handed on, and nothing was paid for it. */
  get isFreeFailure(): boolean {
    return (this.#head?.status ?? 0) >= 400 && !this.costs.cost
  }

  begin(head: AnswerHead): void {
    this.#head = head
    this.#noteChange()
  }

  write(chunk: Uint8Array): void {
    this.#chunks.push(chunk)
    this.#byteLength += chunk.byteLength
    this.#noteChange()
  }

  /** Ends it, well or with an error. Only the first call counts. */
  end(error?: unknown): void {
    this.#end ??= error === undefined ? {} : { error }
    this.#noteChange()
  }

  /** Waits for the head. @throws what the recording ended with before it had one. */
  async head(): Promise<AnswerHead> {
    while (!this.#head) {
      if (this.#end) throw this.#end.error
      await this.#change()
    }
    return this.#head
  }

  /** Reads from the beginning. @throws what the recording ended with, after everything that came before. */
  async *read(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let index = 0; ; ) {
      const chunk = this.#chunks[index]
      if (chunk) {
        index++
        yield chunk
      } else if (this.#end) {
        if (this.#end.error !== undefined) throw this.#end.error
        return
      } else await this.#change()
    }
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #noteChange(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}
