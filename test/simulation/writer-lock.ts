import type { Owner, Scheduler } from './scheduler.js'

/** For how long a writer waits for its turn. */
const MAX_WAIT_MS = 10_000

interface Waiting<Client> {
  readonly client: Client
  readonly begin: () => void
}

/** One writer at a time, in the order of their coming. */
export class WriterLock<Client extends Owner> {
  readonly #scheduler: Scheduler
  #holder: Client | undefined
  #waiting: Waiting<Client>[] = []

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler
  }

  isHeldBy(client: Client): boolean {
    return this.#holder === client
  }

  /** Waits for its turn. @returns whether it came in time. */
  take(client: Client): Promise<boolean> {
    if (this.#holder === undefined) {
      this.#holder = client
      return Promise.resolve(true)
    }
    return new Promise((resolve) => {
      const waiting = {
        client,
        begin: () => {
          giveUp()
          resolve(true)
        }
      }
      const occasion = { ms: MAX_WAIT_MS, owner: client, what: 'has waited for its turn in vain' }
      const giveUp = this.#scheduler.after(occasion, () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting)
        resolve(false)
      })
      this.#waiting.push(waiting)
    })
  }

  /** Ends the turn of a client, if it has it, and its waiting. */
  release(client: Client): void {
    if (!client.isAlive) this.#waiting = this.#waiting.filter((waiting) => waiting.client !== client)
    if (this.#holder !== client) return
    const next = this.#waiting.shift()
    this.#holder = next?.client
    next?.begin()
  }
}
