import { randomUUID } from 'node:crypto'
import { abortable, CostTally, type JsonObject } from '@bursar/core'

/** The head of an answer. */
export interface AnswerHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** Where a reader is. */
interface Reader {
  /** Of the next chunk. */
  index: number
}

/**
 * An answer that is kept as it arrives, so that any number of readers can read it from its beginning. One that is larger than is
 * kept goes on for those who are reading it.
 */
export class Recording {
  /** What it cost. */
  readonly costs: CostTally
  /** Whether an earlier call has paid for it, which this one carried on. */
  isPaidBefore = false
  /** Unique among answers. */
  readonly id: string
  /** The answer as one object, where it came as that, whatever form it is recorded in. */
  whole: JsonObject | undefined
  #chunks: Uint8Array[] = []
  /** How many chunks are not kept any more. */
  #dropped = 0
  #byteLength = 0
  readonly #readers = new Set<Reader>()
  /** What those are told who come when the beginning is not kept any more. */
  #gone: { readonly error: unknown } | undefined
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

  /** Waits for the head. @throws what the recording ended with before it had one, or that its beginning is not kept any more. */
  async head(): Promise<AnswerHead> {
    if (this.#gone) throw this.#gone.error
    while (!this.#head) {
      if (this.#end) throw this.#end.error
      await this.#change()
    }
    return this.#head
  }

  /**
   * Keeps no more bytes than this of what everybody who is reading has read, and waits until they have read as much.
   *
   * @param error for who comes later.
   * @throws it, when nobody is reading any more.
   */
  async makeRoom(maxBytes: number, error: unknown): Promise<void> {
    for (;;) {
      if (this.#byteLength > maxBytes) this.#gone ??= { error }
      if (!this.#gone) return
      if (this.#readers.size === 0) throw error
      this.#dropRead()
      if (this.#byteLength <= maxBytes) return
      await this.#change()
    }
  }

  /**
   * Reads from the beginning.
   *
   * @param left aborts when the reader leaves, who counts as one no longer.
   * @throws what the recording ended with, after everything that came before.
   */
  async *read(left?: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
    if (this.#gone) throw this.#gone.error
    const reader = { index: 0 }
    this.#readers.add(reader)
    try {
      for (;;) {
        const chunk = this.#chunks[reader.index - this.#dropped]
        if (chunk) {
          yield chunk
          reader.index++
          if (this.#gone) this.#noteChange()
        } else if (this.#end) {
          if (this.#end.error !== undefined) throw this.#end.error
          return
        } else await abortable(this.#change(), left)
      }
    } finally {
      this.#readers.delete(reader)
      if (this.#gone) this.#leaveGone()
    }
  }

  /** Of what nobody can read from its beginning, nothing is kept when the last reader leaves. */
  #leaveGone(): void {
    this.#dropRead()
    this.#noteChange()
  }

  #dropRead(): void {
    const first = Math.min(
      ...[...this.#readers].map(({ index }) => index),
      this.#dropped + this.#chunks.length
    )
    for (const chunk of this.#chunks.slice(0, first - this.#dropped)) this.#byteLength -= chunk.byteLength
    this.#chunks = this.#chunks.slice(first - this.#dropped)
    this.#dropped = first
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
