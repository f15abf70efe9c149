/** How a call waits for its turn. */
export interface Turn {
  /** Whether it comes before those that are not. */
  readonly isUrgent: boolean
  /** Ends the wait. */
  readonly signal: AbortSignal
}

/** Lets so many calls run at once, and the others wait for their turn. */
export class Slots {
  #free: number
  readonly #urgent = new Set<() => void>()
  readonly #others = new Set<() => void>()

  constructor(count: number) {
    this.#free = count
  }

  /** Runs a call in its turn. @throws the signal's reason when it aborts before, and what the call throws. */
  async use<Value>(call: () => Promise<Value>, turn: Turn): Promise<Value> {
    if (this.#free > 0) this.#free--
    else await this.#wait(turn)
    try {
      return await call()
    } finally {
      this.#leave()
    }
  }

  /** The turn is that of the call before, so that nobody comes between. */
  #wait({ isUrgent, signal }: Turn): Promise<void> {
    const queue = isUrgent ? this.#urgent : this.#others
    return new Promise<void>((resolve, reject) => {
      const giveUp = (): void => {
        queue.delete(begin)
        reject(signal.reason)
      }
      const begin = (): void => {
        queue.delete(begin)
        signal.removeEventListener('abort', giveUp)
        resolve()
      }
      if (signal.aborted) return reject(signal.reason)
      signal.addEventListener('abort', giveUp, { once: true })
      queue.add(begin)
    })
  }

  #leave(): void {
    const [next] = this.#urgent.size > 0 ? this.#urgent : this.#others
    if (next) next()
    else this.#free++
  }
}
