import type { AgentAnswer, AgentRequest } from './agent-messages.js'

/** A key that is held for a time. */
interface HeldKey {
  readonly bytes: Buffer
  readonly timer: NodeJS.Timeout
  /** Unix milliseconds. A timer stands still while the machine sleeps. */
  readonly untilMs: number
}

/** Keys in memory. Each is erased when its time is over, and the last one ends the agent. */
export class HeldKeys {
  readonly #keys = new Map<string, HeldKey>()
  readonly #onEmpty: () => void
  readonly #nowMs: () => number
  /** Nobody finds the agent any more: what it took now would be held for nobody, and bursar lock could not erase it. */
  #hasEnded = false

  /** @param onEmpty called when none is left. */
  constructor(onEmpty: () => void, nowMs: () => number = Date.now) {
    this.#onEmpty = onEmpty
    this.#nowMs = nowMs
  }

  answer(request: AgentRequest): AgentAnswer {
    switch (request.ask) {
      case 'get':
        return { keys: this.#find(request.ids), held: this.#keys.size }
      case 'hold':
        if (this.#hasEnded) return { keys: {}, held: 0 }
        for (const [id, hex] of Object.entries(request.keys)) this.#hold(id, hex, request.forMs)
        return { keys: {}, held: this.#keys.size }
      case 'lock':
        return { keys: {}, held: this.#eraseAll() }
    }
  }

  #find(ids: readonly string[]): Record<string, string> {
    this.#eraseOver()
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
      this.#endIfEmpty()
    }, forMs)
    this.#keys.set(id, { bytes: Buffer.from(hex, 'hex'), timer, untilMs: this.#nowMs() + forMs })
  }

  #eraseOver(): void {
    const nowMs = this.#nowMs()
    for (const [id, { untilMs }] of [...this.#keys]) if (untilMs <= nowMs) this.#erase(id)
    this.#endIfEmpty()
  }

  #eraseAll(): number {
    const { size } = this.#keys
    for (const id of [...this.#keys.keys()]) this.#erase(id)
    this.#endIfEmpty()
    return size
  }

  #endIfEmpty(): void {
    if (this.#keys.size > 0 || this.#hasEnded) return
    this.#hasEnded = true
    this.#onEmpty()
  }

  #erase(id: string): void {
    const held = this.#keys.get(id)
    if (!held) return
    clearTimeout(held.timer)
    held.bytes.fill(0)
    this.#keys.delete(id)
  }
}
