import type { RequestId } from '@modelcontextprotocol/sdk/types.js'

/** Tells whether the answers of one client's requests were sent. */
export class Deliveries {
  readonly #waiting = new Map<RequestId, (isSent: boolean) => void>()

  /**
   * Waits until an answer was sent.
   *
   * @param signal of the request: when it aborts, the client wants no answer any more.
   * @returns whether it was sent.
   */
  expect(id: RequestId, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false)
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      signal.addEventListener('abort', () => this.end(id, false), { once: true })
    })
  }

  /** An answer was sent, or will not be. */
  end(id: RequestId, isSent: boolean): void {
    this.#waiting.get(id)?.(isSent)
    this.#waiting.delete(id)
  }

  /** All answers that are waited for were sent, or none will be. */
  endAll(isSent: boolean): void {
    for (const id of [...this.#waiting.keys()]) this.end(id, isSent)
  }
}
