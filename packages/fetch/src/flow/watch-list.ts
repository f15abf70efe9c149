import type { Purchase } from '@bursar/core'

/** Purchases beyond this number are not watched. */
const MAX_WATCHED = 10_000

/** A purchase, and when the chain is asked about it: Unix milliseconds, earliest first. */
export interface Watched {
  readonly purchase: Purchase
  readonly lookupsAtMs: readonly number[]
}

/** Purchases that the chain is to be asked about, ordered by their next due time. */
export class WatchList {
  readonly #watched = new Map<string, Watched>()

  get isEmpty(): boolean {
    return this.#watched.size === 0
  }

  /** When the next look-up is due. */
  get nextAtMs(): number {
    let next = Number.POSITIVE_INFINITY
    for (const watched of this.#watched.values()) next = Math.min(next, dueAtMs(watched))
    return next
  }

  /** Adds purchases that have a look-up left, as far as there is room. */
  add(watched: readonly Watched[]): void {
    for (const each of watched) {
      if (each.lookupsAtMs.length > 0 && this.#watched.size < MAX_WATCHED)
        this.#watched.set(each.purchase.id, each)
    }
  }

  /** Removes and returns the purchases that are due, at least the next one, each with its remaining look-ups. */
  takeDue(nowMs: number, count: number): readonly Watched[] {
    const untilMs = Math.max(nowMs, this.nextAtMs)
    const due = [...this.#watched.values()].filter((watched) => dueAtMs(watched) <= untilMs).slice(0, count)
    return due.map(({ purchase, lookupsAtMs }) => {
      this.#watched.delete(purchase.id)
      return { purchase, lookupsAtMs: lookupsAtMs.slice(1) }
    })
  }
}

function dueAtMs({ lookupsAtMs: [next = Number.POSITIVE_INFINITY] }: Watched): number {
  return next
}
