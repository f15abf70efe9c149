import type { HttpRequest } from './request.js'
import type { HttpResponse } from './response.js'

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
export class RequestLog {
  readonly #seen: SeenRequest[] = []

  get requests(): readonly SeenRequest[] {
    return this.#seen
  }

  note({ method, path }: HttpRequest, paid: boolean, { status }: HttpResponse): void {
    this.#seen.push({ method, path, paid, status })
    if (this.#seen.length > MAX_REQUESTS) this.#seen.splice(0, MAX_REQUESTS / 2)
  }
}
