import type { BursarEvent } from '@bursar/fetch'

/** Of more, the one that was told longest ago is forgotten. */
const MAX_KNOWN = 10_000

/** Tells which payments have settled, each once: one whose answer was lost is told again when an equal call resumes it. */
export class Settlements {
  readonly #known = new Set<string>()

  /** Whether the event says of a payment for the first time that it has settled. */
  isNews({ type, purchase }: BursarEvent): boolean {
    if (type !== 'settled' || purchase === undefined || this.#known.has(purchase)) return false
    const [oldest] = this.#known.size < MAX_KNOWN ? [] : this.#known
    if (oldest !== undefined) this.#known.delete(oldest)
    this.#known.add(purchase)
    return true
  }
}
