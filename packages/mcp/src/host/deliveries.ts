import type { RequestId } from '@modelcontextprotocol/sdk/types.js'

/** Ends the wait for one answer. */
type End = (isSent: boolean) => void

/** Tells whether the answers of one client's requests were sent. */
export class Deliveries {
  /** By the id of their requests, in the order of these: some hosts give two requests one id. */
  readonly #waiting = new Map<RequestId, readonly End[]>()

  /**
   * Waits until an answer was sent.
   *
   * @param signal of the request: when it aborts, the client wants no answer any more.
   * @returns whether it was sent.
   */
  expect(id: RequestId, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false)
    return new Promise((resolve) => {
      this.#waiting.set(id, [...this.#waitingFor(id), resolve])
      const leave = (): void => {
        this.#keep(
          id,
          this.#waitingFor(id).filter((each) => each !== resolve)
        )
        resolve(false)
      }
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  /** An answer was sent, or will not be. Of several with one id, it is the first that is waited for. */
  end(id: RequestId, isSent: boolean): void {
    const [first, ...others] = this.#waitingFor(id)
    this.#keep(id, others)
    first?.(isSent)
  }

  /** All answers that are waited for were sent, or none will be. */
  endAll(isSent: boolean): void {
    const ends = [...this.#waiting.values()].flat()
    this.#waiting.clear()
    for (const end of ends) end(isSent)
  }

  #waitingFor(id: RequestId): readonly End[] {
    return this.#waiting.get(id) ?? []
  }

  #keep(id: RequestId, ends: readonly End[]): void {
    if (ends.length === 0) this.#waiting.delete(id)
    else this.#waiting.set(id, ends)
  }
}
