/** Two hashes of 32 bits (FNV-1a) over everything that happened, so that two histories can be told apart. */
export class Trace {
  readonly #keeps: boolean
  readonly #lines: string[] = []
  #high = 0x811c9dc5
  #low = 0x01000193

  /** @param keeps whether the lines are kept, to be shown. A history that only runs for its result keeps none. */
  constructor(keeps: boolean) {
    this.#keeps = keeps
  }

  note(line: string): void {
    for (let at = 0; at < line.length; at++) {
      const code = line.charCodeAt(at)
      this.#high = Math.imul(this.#high ^ code, 0x01000193)
      this.#low = Math.imul(this.#low ^ code, 0x85ebca6b)
    }
    if (this.#keeps) this.#lines.push(line)
  }

  /** Equal for equal histories. */
  get hash(): string {
    return [this.#high, this.#low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
  }

  get lines(): readonly string[] {
    return this.#lines
  }
}
