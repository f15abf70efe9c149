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
 * Events that nobody waits for: they are written with the next transaction, whoever causes it, and those of one
 * purchase as one change. Until a transaction holds, they are kept for the one after.
 */
export class LateEvents {
  /** The purchases whose calls this process has open, as they will be once everything is written. */
  readonly #open = new Map<string, Purchase>()
  readonly #events = new Map<string, LateEvent[]>()

  /** Whether anything is to be written. */
  get waiting(): boolean {
    return this.#events.size > 0
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
    const before = mayBeLate.has(event.type) ? this.#open.get(id) : undefined
    if (!before) return undefined
    const after = transition(before, event, atMs)
    this.know(after)
    const events = this.#events.get(id) ?? []
    this.#events.set(id, [...events, { event, atMs }])
    return after
  }

  /** Everything that waits, each purchase with what happened to it. The caller writes it in one transaction. */
  pending(): readonly (readonly [id: string, change: (purchase: Purchase) => Purchase])[] {
    return [...this.#events].map(([id, events]) => [id, (purchase) => applyAll(purchase, events)])
  }

  /** The transaction that wrote what was pending holds. Nothing can have come between: it is written without a pause. */
  written(): void {
    this.#events.clear()
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
