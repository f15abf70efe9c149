/** A stream that is read once, and told from its beginning to everybody who asks: a payment that comes again has the same answer. */
export class ReplayedStream implements AsyncIterable<Uint8Array> {
  readonly #source: AsyncIterator<Uint8Array>
  readonly #results: Promise<IteratorResult<Uint8Array>>[] = []

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    for (let index = 0; ; index++) {
      const { done, value } = await this.#at(index)
      if (done) return
      yield value
    }
  }

  /** Nobody asks for one that is further than the next. */
  #at(index: number): Promise<IteratorResult<Uint8Array>> {
    const result = this.#results[index] ?? this.#source.next()
    this.#results[index] = result
    return result
  }
}
