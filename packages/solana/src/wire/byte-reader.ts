/** Reads bytes in order and never beyond their end. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** How many bytes have been read. */
  get at(): number {
    return this.#at
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  /** @throws {RangeError} at the end. */
  byte(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw new RangeError('The transaction ends too early')
    this.#at++
    return byte
  }

  /**
   * A view, not a copy.
   *
   * @throws {RangeError} beyond the end.
   */
  take(length: number): Uint8Array {
    const end = this.#at + length
    if (end > this.#bytes.length) throw new RangeError('The transaction ends too early')
    const view = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return view
  }

  /**
   * A length of up to 16 bits, seven at a time, in the only spelling that the runtime takes.
   *
   * @throws {RangeError}
   * @see https://solana.com/docs/core/transactions, "Compact-array format"
   */
  shortLength(): number {
    let value = 0
    for (let shift = 0; shift <= 14; shift += 7) {
      const byte = this.byte()
      value |= (byte & 0x7f) << shift
      if (byte & 0x80) continue
      if ((byte === 0 && shift > 0) || value > 0xffff) break
      return value
    }
    throw new RangeError('A length in the transaction is malformed')
  }
}

/** Writes a length of up to 16 bits, seven at a time. */
export function shortLength(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value; ; rest >>= 7) {
    if (rest < 0x80) return [...bytes, rest]
    bytes.push((rest & 0x7f) | 0x80)
  }
}
