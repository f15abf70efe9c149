import { SILENCE_MS } from '../rules/liveness.js'

/**
 * For how long something has been waiting to be written. A program that has nothing else to do waits no longer for it than
 * others wait for a session: by then they take its calls for ended.
 */
export class UnwrittenTime {
  #sinceMs: number | undefined

  /** Notes whether anything is unwritten now. */
  note(isAny: boolean): void {
    this.#sinceMs = isAny ? (this.#sinceMs ?? performance.now()) : undefined
  }

  /** Whether it has been too long to keep a program alive for it. */
  get isLong(): boolean {
    return this.#sinceMs !== undefined && performance.now() - this.#sinceMs > SILENCE_MS
  }
}
