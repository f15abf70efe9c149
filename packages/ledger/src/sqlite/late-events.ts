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

/** What happened to a purchase since it was written. */
interface LateChange {
  readonly before: Purchase
  readonly events: readonly LateEvent[]
  readonly after: Purchase
}

/**
 * Events that nobody waits for: they are written with the next transaction after the call's end, or when it is time,
 * and those of one purchase as one change. Until a transaction holds, they are kept for the one after.
 */
export class LateEvents {
  /** The purchases whose calls this process has open, as they will be once everything is written. */
  readonly #open = new Map<string, Purchase>()
  readonly #late = new Map<string, LateChange>()
  #writing: readonly string[] = []

  /** Whether there is anything to be written: at all, or of calls that have ended. */
  waits(all: boolean): boolean {
    return all ? this.#late.size > 0 : this.#due().length > 0
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
    const earlier = this.#late.get(id) ?? { before, events: [] }
    this.#late.set(id, { ...earlier, events: [...earlier.events, { event, atMs }], after })
    return after
  }

  /**
   * What is to be written, each purchase with what happened to it. The caller writes it in one transaction.
   *
   * @param all also of calls that go on, to which more is about to happen.
   */
  pending(all: boolean): readonly (readonly [id: string, change: (purchase: Purchase) => Purchase])[] {
    const due = all ? [...this.#late] : this.#due()
    this.#writing = due.map(([id]) => id)
    return due.map(([id, late]) => [id, (purchase) => replayOn(purchase, late)])
  }

  /** The transaction that wrote what was pending holds. Nothing can have come between: it is written without a pause. */
  written(): void {
    for (const id of this.#writing) this.#late.delete(id)
    this.#writing = []
  }

  #due(): [id: string, late: LateChange][] {
    return [...this.#late].filter(([id]) => !this.#open.has(id))
  }
}

/** Another process may have learned of the purchase's end from the chain meanwhile; then that stays. */
function replayOn(purchase: Purchase, { before, events, after }: LateChange): Purchase {
  // The very object that was written last and is still known: nobody has written since.
  if (purchase === before) return after
  return events.reduce((earlier, { event, atMs }) => {
    try {
      return transition(earlier, event, atMs)
    } catch (error) {
      if (isBursarError(error, 'ledger/conflict')) return earlier
      throw error
    }
  }, purchase)
}
