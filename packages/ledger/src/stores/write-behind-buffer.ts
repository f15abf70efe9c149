import type { Purchase, PurchaseEvent } from '@bursar/core'
import { conflictError } from '../errors.js'
import { applyEvent } from '../rules/apply-event.js'
import type { Change } from '../steps/replay-step.js'

/** What the chain, or the service, can tell again: a process that is killed before it is written loses nothing. */
const mayBeLate: ReadonlySet<PurchaseEvent['type']> = new Set(['sent', 'settled', 'answered'])

/** Calls that never end must not fill the memory. The events of a call that was dropped are waited for. */
const MAX_OPEN = 10_000

/**
 * Events that nobody waits for: they are written with the next transaction after the call's end, or when it is time,
 * and those of one purchase as one change. Until a transaction holds, they are kept for the one after.
 */
export class WriteBehindBuffer {
  /** The purchases whose calls this process has open, as they will be once everything is written. */
  readonly #open = new Map<string, Purchase>()
  readonly #pending = new Map<string, Change>()
  #writing: readonly Change[] = []

  get size(): number {
    return this.#pending.size
  }

  /** Whether there is anything to be written: at all, or of calls that have ended. */
  isPending(all: boolean): boolean {
    return all ? this.#pending.size > 0 : this.#due().length > 0
  }

  /** Notes a purchase as it was just written. */
  know(purchase: Purchase): void {
    // What has happened to it since is known already.
    if (!this.#pending.has(purchase.id)) this.#note(purchase)
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
    const after = applyEvent(before, event, atMs)
    if (!after) throw conflictError(id, before.state, event.type)
    this.#note(after)
    const earlier = this.#pending.get(id)
    const events = [...(earlier?.events ?? []), { event, atMs }]
    this.#pending.set(id, { id, before: earlier?.before ?? before, events, after })
    return after
  }

  /**
   * What is to be written. The caller writes it in one transaction.
   *
   * @param all also of calls that go on, to which more is about to happen.
   */
  pending(all: boolean): readonly Change[] {
    this.#writing = all ? [...this.#pending.values()] : this.#due()
    return this.#writing
  }

  /** The transaction that wrote what was pending holds. */
  written(): void {
    for (const change of this.#writing) {
      // What has happened since is written by the next.
      if (this.#pending.get(change.id) === change) this.#pending.delete(change.id)
    }
    this.#writing = []
  }

  #note(purchase: Purchase): void {
    this.#open.delete(purchase.id)
    if (purchase.call !== 'open') return
    this.#open.set(purchase.id, purchase)
    const [oldest] = this.#open.keys()
    if (this.#open.size > MAX_OPEN && oldest !== undefined) this.#open.delete(oldest)
  }

  #due(): Change[] {
    return [...this.#pending.values()].filter(({ id }) => !this.#open.has(id))
  }
}
