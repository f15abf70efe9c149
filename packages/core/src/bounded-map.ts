/**
 * A map that keeps its latest entries: the oldest is dropped when it is full, so that keys which a server or a client chooses
 * cannot fill memory.
 */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #maxEntries: number
  /** What was set last. It may have been deleted since. */
  #newest: Key | undefined

  constructor(maxEntries: number) {
    super()
    this.#maxEntries = maxEntries
  }

  /** Sets an entry, which is the newest from now on. */
  override set(key: Key, value: Value): this {
    // What is the newest already stays in its place: whoever buys at one place sets the same again and again.
    if (key !== this.#newest) this.delete(key)
    this.#newest = key
    super.set(key, value)
    if (this.size <= this.#maxEntries) return this
    for (const oldest of this.keys()) {
      if (this.size <= this.#maxEntries) break
      this.delete(oldest)
    }
    return this
  }
}
