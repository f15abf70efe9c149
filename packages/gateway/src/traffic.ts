import type { Answer } from './server/answer.js'
import type { Arrival } from './server/arrival.js'

/** What arrived, without query, headers or body, which may hold secrets. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  /** Whether it carried a payment. */
  readonly paid: boolean
  /** Of the answer; 0 when the socket was destroyed instead. */
  readonly status: number
}

const MAX_REQUESTS = 100_000

/** The last requests, oldest first. */
export class Traffic {
  readonly #seen: SeenRequest[] = []

  get requests(): readonly SeenRequest[] {
    return this.#seen
  }

  note({ method, path }: Arrival, paid: boolean, { status }: Answer): void {
    this.#seen.push({ method, path, paid, status })
    if (this.#seen.length > MAX_REQUESTS) this.#seen.splice(0, MAX_REQUESTS / 2)
  }
}
