/** A complete answer, as far as it matters for how long it is kept. */
export interface IdleAnswer {
  /** When it was complete. */
  readonly endedAtMs?: number | undefined
  /** Whether anybody was sent the whole of it. */
  readonly delivered: boolean
  readonly recording: { readonly byteLength: number }
}

/** Complete answers that nobody is reading, and the bytes that they take. Adding, removing and forgetting look at no others. */
export class IdleAnswers<Answer extends IdleAnswer> {
  /** Both in the order in which they became idle. */
  readonly #delivered = new Set<Answer>()
  readonly #undelivered = new Set<Answer>()
  #bytes = 0

  add(answer: Answer): void {
    this.#setOf(answer).add(answer)
    this.#bytes += answer.recording.byteLength
  }

  /** @returns whether it was idle. */
  remove(answer: Answer): boolean {
    const isIdle = this.#setOf(answer).delete(answer)
    if (isIdle) this.#bytes -= answer.recording.byteLength
    return isIdle
  }

  /**
   * Removes what was complete before a time, and the oldest of what is too much: what nobody was sent yet goes last.
   *
   * @returns what was removed.
   */
  removeSurplus(untilMs: number, maxBytes: number): readonly Answer[] {
    const removed: Answer[] = []
    for (const idle of [this.#delivered, this.#undelivered])
      for (const answer of idle) {
        if ((answer.endedAtMs ?? 0) > untilMs && this.#bytes <= maxBytes) break
        this.remove(answer)
        removed.push(answer)
      }
    return removed
  }

  #setOf({ delivered }: Answer): Set<Answer> {
    return delivered ? this.#delivered : this.#undelivered
  }
}
