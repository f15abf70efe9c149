import type { Clock } from '@bursar/core'

/** A clock that only the test moves. Every wait lasts until then. */
export class StoppedClock implements Clock {
  #nowMs: number
  readonly #waits = new Set<{ readonly untilMs: number; readonly end: () => void }>()

  constructor(nowMs = Date.now()) {
    this.#nowMs = nowMs
  }

  nowMs(): number {
    return this.#nowMs
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= 0) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const wait = { untilMs: this.#nowMs + ms, end: resolve }
      this.#waits.add(wait)
      signal?.addEventListener('abort', () => {
        this.#waits.delete(wait)
        reject(signal.reason)
      })
    })
  }

  /** Moves on, and ends the waits that are over. */
  advance(ms: number): void {
    this.#nowMs += ms
    for (const wait of this.#waits) {
      if (wait.untilMs > this.#nowMs) continue
      this.#waits.delete(wait)
      wait.end()
    }
  }
}
