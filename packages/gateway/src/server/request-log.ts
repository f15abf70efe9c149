/** A request that arrived. Query, headers and body are left out, since they may hold secrets. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  /** Whether it carried a payment. */
  readonly paid: boolean
  /** Of the response; 0 when the connection was closed instead. */
  readonly status: number
}

const MAX_REQUESTS = 100_000

/** The last requests, oldest first. */
export class RequestLog {
  readonly #seen: SeenRequest[] = []

  get requests(): readonly SeenRequest[] {
    return this.#seen
  }

  clear(): void {
    this.#seen.length = 0
  }

  add({ method, path, paid, status }: SeenRequest): void {
    this.#seen.push({ method, path, paid, status })
    if (this.#seen.length > MAX_REQUESTS) this.#seen.splice(0, MAX_REQUESTS / 2)
  }
}
