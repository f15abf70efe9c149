import type { RequestId } from '@modelcontextprotocol/sdk/types.js'

/** Whose request it is: ids are unique within a session of an agent. */
export interface RequestName {
  readonly agent: string
  readonly session: string
  readonly id: RequestId
}

/** Requests that wait for their answers. A client cancels one by a request of its own. */
export class WaitingRequests {
  readonly #cancels = new Map<string, () => void>()

  /** @returns ends the wait. */
  enter(name: RequestName, cancel: () => void): () => void {
    const key = keyOf(name)
    this.#cancels.set(key, cancel)
    return () => {
      if (this.#cancels.get(key) === cancel) this.#cancels.delete(key)
    }
  }

  /** Of requests that were answered, or that nobody knows, nothing is done. */
  cancel(name: RequestName): void {
    this.#cancels.get(keyOf(name))?.()
  }
}

function keyOf({ agent, session, id }: RequestName): string {
  return JSON.stringify([agent, session, id])
}
