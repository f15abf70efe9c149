import type { Owner, Scheduler } from './scheduler.js'

/** For how long a writer waits for its turn. */
const MAX_WAIT_MS = 10_000

/** A turn of a client: it has it, or waits for it. */
export interface Turn<Client> {
  readonly client: Client
}

interface Waiting<Client> {
  readonly turn: Turn<Client>
  readonly begin: () => void
}

/** One writer at a time, in the order of their coming. */
export class WriterLock<Client extends Owner> {
  readonly #scheduler: Scheduler
  #holder: Turn<Client> | undefined
  #waiting: Waiting<Client>[] = []

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler
  }

  isHeldBy(turn: Turn<Client>): boolean {
    return this.#holder === turn
  }

  /** Waits for its turn. @returns whether it came in time. */
  take(turn: Turn<Client>): Promise<boolean> {
    if (this.#holder === undefined) {
      this.#holder = turn
      return Promise.resolve(true)
    }
    return new Promise((resolve) => {
      const begin = (): void => {
        giveUp()
        resolve(true)
      }
      const waiting = { turn, begin }
      const occasion = { ms: MAX_WAIT_MS, owner: turn.client, what: 'has waited for its turn in vain' }
      const giveUp = this.#scheduler.after(occasion, () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting)
        resolve(false)
      })
      this.#waiting.push(waiting)
    })
  }

  release(turn: Turn<Client>): void {
    if (this.#holder !== turn) return
    const next = this.#waiting.shift()
    this.#holder = next?.turn
    next?.begin()
  }

  /** Ends the turn that a client has, and its waiting where it is gone. */
  releaseAllOf(client: Client): void {
    if (!client.isAlive) this.#waiting = this.#waiting.filter(({ turn }) => turn.client !== client)
    if (this.#holder?.client === client) this.release(this.#holder)
  }
}
