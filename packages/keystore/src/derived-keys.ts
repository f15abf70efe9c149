/** What opens each file of a wallet, by the id of its encryption. Its bytes show in no log, no JSON and no clone of it. */
export class DerivedKeys {
  readonly #bytesOf: ReadonlyMap<string, Uint8Array>

  /** @param entries the id of a file's encryption, and the bytes that were derived for it. */
  constructor(entries: Iterable<readonly [id: string, bytes: Uint8Array]>) {
    this.#bytesOf = new Map(entries)
  }

  get(id: string): Uint8Array | undefined {
    return this.#bytesOf.get(id)
  }

  entries(): Iterable<[id: string, bytes: Uint8Array]> {
    return this.#bytesOf.entries()
  }
}
