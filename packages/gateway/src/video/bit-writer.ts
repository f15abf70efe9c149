/** Writes bits, the highest first. */
export class BitWriter {
  readonly #bytes: number[] = []
  #current = 0
  #filled = 0

  /** The lowest `count` bits of a value. */
  bits(value: number, count: number): this {
    for (let bit = count - 1; bit >= 0; bit--) {
      this.#current = (this.#current << 1) | ((value >> bit) & 1)
      if (++this.#filled === 8) this.#flush()
    }
    return this
  }

  /** An unsigned Exp-Golomb code. @see ITU-T H.264, section 9.1 */
  ue(value: number): this {
    const length = Math.floor(Math.log2(value + 1))
    return this.bits(0, length).bits(value + 1, length + 1)
  }

  /** Fills the last byte with zeros. */
  align(): this {
    return this.#filled === 0 ? this : this.bits(0, 8 - this.#filled)
  }

  /** Whole bytes, at a byte's beginning. */
  bytes(values: Uint8Array): this {
    for (const value of values) this.#bytes.push(value)
    return this
  }

  /** Ends with a one and zeros. @see ITU-T H.264, section 7.3.2.11 */
  end(): Uint8Array {
    this.bits(1, 1).align()
    return Uint8Array.from(this.#bytes)
  }

  #flush(): void {
    this.#bytes.push(this.#current)
    this.#current = 0
    this.#filled = 0
  }
}
