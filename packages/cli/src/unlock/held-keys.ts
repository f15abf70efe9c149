import type { AgentAnswer, AgentRequest } from './agent-messages.js'

/** A key that is held for a time. */
interface HeldKey {
  readonly bytes: Buffer
  readonly timer: NodeJS.Timeout
}

/** Keys in memory. Each is erased when its time is over, and the last one ends the agent. */
export class HeldKeys {
  readonly #keys = new Map<string, HeldKey>()
  readonly #onEmpty: () => void

  /** @param onEmpty called when none is left. */
  constructor(onEmpty: () => void) {
    this.#onEmpty = onEmpty
  }

  answer(request: AgentRequest): AgentAnswer {
    switch (request.ask) {
      case 'get':
        return { keys: this.#find(request.ids), held: this.#keys.size }
      case 'hold':
        for (const [id, hex] of Object.entries(request.keys)) this.#hold(id, hex, request.forMs)
        return { keys: {}, held: this.#keys.size }
      case 'lock':
        return { keys: {}, held: this.#eraseAll() }
    }
  }

  #find(ids: readonly string[]): Record<string, string> {
    return Object.fromEntries(
      ids.flatMap((id) => {
        const held = this.#keys.get(id)
        return held ? [[id, held.bytes.toString('hex')]] : []
      })
    )
  }

  #hold(id: string, hex: string, forMs: number): void {
    this.#erase(id)
    const timer = setTimeout(() => {
      this.#erase(id)
      if (this.#keys.size === 0) this.#onEmpty()
    }, forMs)
    this.#keys.set(id, { bytes: Buffer.from(hex, 'hex'), timer })
  }

  #eraseAll(): number {
    const { size } = this.#keys
    for (const id of [...this.#keys.keys()]) this.#erase(id)
    this.#onEmpty()
    return size
  }

  #erase(id: string): void {
    const held = this.#keys.get(id)
    if (!held) return
    clearTimeout(held.timer)
    held.bytes.fill(0)
    this.#keys.delete(id)
  }
}
