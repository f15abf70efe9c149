import { isBursarError, type Purchase, type PurchaseEvent } from '@bursar/core'
import { transition } from '../transition.js'

/** What the chain, or the service, can tell again: a process that is killed before it is written loses nothing. */
const mayBeLate: ReadonlySet<PurchaseEvent['type']> = new Set(['sent', 'settled', 'answered'])

/** Calls that never end must not fill the memory. The events of a call that was dropped are waited for. */
const MAX_OPEN = 10_000

interface LateEvent {
  readonly event: PurchaseEvent
  readonly atMs: number
}

/**
 * Events that nobody waits for: they are written with the next transaction after the call's end, or when it is time,
 * and those of one purchase as one change. Until a transaction holds, they are kept for the one after.
 */
export class LateEvents {
  /** The purchases whose calls this process has open, as they will be once everything is written. */
  readonly #open = new Map<string, Purchase>()
  readonly #events = new Map<string, readonly LateEvent[]>()
  #writing: readonly string[] = []

  /** Whether there is anything to be written: at all, or of calls that have ended. */
  waits(all: boolean): boolean {
    return all ? this.#events.size > 0 : this.#due().length > 0
  }

  /** Notes a purchase as it was just written. */
  know(purchase: Purchase): void {
    this.#open.delete(purchase.id)
    if (purchase.call !== 'open') return
    this.#open.set(purchase.id, purchase)
    const [oldest] = this.#open.keys()
    if (this.#open.size > MAX_OPEN && oldest !== undefined) this.#open.delete(oldest)
  }

  /**
   * Takes an event for later, and tells what becomes of its purchase; nothing when it must be written now.
   *
   * @throws {BursarError} `ledger/conflict`
   */
  take(id: string, event: PurchaseEvent, atMs: number): Purchase | undefined {
    const before = this.#open.get(id)
    if (!before) return undefined
    if (!mayBeLate.has(event.type)) {
      // It comes after what has happened before, which is due with it.
      this.#open.delete(id)
      return undefined
    }
    const after = transition(before, event, atMs)
    this.know(after)
    const events = this.#events.get(id) ?? []
    this.#events.set(id, [...events, { event, atMs }])
    return after
  }

  /**
   * What is to be written, each purchase with what happened to it. The caller writes it in one transaction.
   *
   * @param all also of calls that go on, to which more is about to happen.
   */
  pending(all: boolean): readonly (readonly [id: string, change: (purchase: Purchase) => Purchase])[] {
    const due = all ? [...this.#events] : this.#due()
    this.#writing = due.map(([id]) => id)
    return due.map(([id, events]) => [id, (purchase) => applyAll(purchase, events)])
  }

  /** The transaction that wrote what was pending holds. Nothing can have come between: it is written without a pause. */
  written(): void {
    for (const id of this.#writing) this.#events.delete(id)
    this.#writing = []
  }

  #due(): [id: string, events: readonly LateEvent[]][] {
    return [...this.#events].filter(([id]) => !this.#open.has(id))
  }
}

/** Another process may have learned of the purchase's end from the chain meanwhile; then that stays. */
function applyAll(purchase: Purchase, events: readonly LateEvent[]): Purchase {
  return events.reduce((before, { event, atMs }) => {
    try {
      return transition(before, event, atMs)
    } catch (error) {
      if (isBursarError(error, 'ledger/conflict')) return before
      throw error
    }
  }, purchase)
}
