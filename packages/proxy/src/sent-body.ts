/** The bytes of a request's body, for as long as they may be handed on. */
export class SentBody {
  #bytes: Uint8Array<ArrayBuffer> | undefined

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes
  }

  /** @throws {TypeError} once they were let go of. */
  get bytes(): Uint8Array<ArrayBuffer> {
    if (this.#bytes) return this.#bytes
    throw new TypeError('The body was let go of')
  }

  /** Lets go of them. They are as large as the request, and a text may take minutes. */
  release(): void {
    this.#bytes = undefined
  }
}
