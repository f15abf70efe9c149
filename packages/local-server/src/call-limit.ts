import { RequestProblem } from './http-problem.js'

/** Counts calls, and rejects one too many. */
export class CallLimit {
  readonly #max: number
  #running = 0

  constructor(max: number) {
    this.#max = max
  }

  /**
   * Enters a call.
   *
   * @returns ends it. Calling it twice does nothing more.
   * @throws {RequestProblem} 429 when as many calls as are allowed are running.
   */
  enter(): () => void {
    if (this.#running >= this.#max)
      throw new RequestProblem({
        status: 429,
        code: 'too_many_requests',
        message: `${this.#max} calls are running, and no more are allowed at once`
      })
    this.#running++
    let isRunning = true
    return () => {
      if (isRunning) this.#running--
      isRunning = false
    }
  }
}
