/** Aborts when nothing happens for a while. */
export class StallTimer {
  readonly #controller = new AbortController()
  readonly #ms: number
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(ms: number) {
    this.#ms = ms
    this.restart()
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  restart(): void {
    this.stop()
    this.#timer = setTimeout(() => this.#controller.abort(), this.#ms)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
