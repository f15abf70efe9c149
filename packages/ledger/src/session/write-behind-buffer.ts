import type { Purchase, PurchaseEvent } from '@bursar/core'
import { conflictError } from '../errors.js'
import { applyEvent } from '../rules/apply-event.js'
import { evaluateReport } from '../rules/own-events.js'
import type { PendingChange, PendingEvent, Undone } from '../steps/replay-step.js'

/** Bounds the memory that calls without an end take. Events of a dropped call are written one by one. */
const MAX_OPEN = 10_000

/** Everything that is pending, or only what is due: without calls that go on, to which more is about to happen. */
export type WhichPending = 'all' | 'due'

/** What is to be written in one transaction. */
export interface PendingBatch {
  readonly changes: readonly PendingChange[]
  readonly undone: readonly Undone[]
}

/**
 * Events of this session's purchases that are not written yet. Events of one purchase are written as one change,
 * together with a transaction that a caller waits for, or in one of their own. They are kept until a transaction has
 * committed.
 */
export class WriteBehindBuffer {
  /** The purchases whose calls are open in this session, in the state that they have once everything is written. */
  readonly #open = new Map<string, Purchase>()
  readonly #pending = new Map<string, PendingChange>()
  /** Purchases that must be written although their calls go on. */
  readonly #urgent = new Set<string>()
  readonly #undone = new Map<string, Undone>()

  /** How many purchases have something to be written. */
  get size(): number {
    return this.#pending.size + this.#undone.size
  }

  /** Whether this session has anything open. */
  get hasOpen(): boolean {
    return this.#open.size > 0
  }

  /** Whether the store must be written to before it is read. @param mayMiss what need not be seen. */
  isBehind(mayMiss: 'answers' | 'anything' | undefined): boolean {
    if (mayMiss === 'anything') return false
    return mayMiss === 'answers' ? this.#hasFailure() : this.size > 0
  }

  /** Whether there is anything to be written. */
  isPending(which: WhichPending): boolean {
    return which === 'all' ? this.size > 0 : this.#undone.size > 0 || this.#due().length > 0
  }

  /** Keeps a purchase of this session as it was just written. */
  know(purchase: Purchase): void {
    // What has happened to it since is known already.
    if (!this.#pending.has(purchase.id)) this.#note(purchase)
  }

  /**
   * Takes an event, and returns its purchase as it is then; nothing when that is not open in this session.
   *
   * @throws {BursarError} `ledger/conflict`
   */
  take(id: string, pending: PendingEvent): Purchase | undefined {
    const before = this.#open.get(id)
    if (!before) return undefined
    const { event, atMs } = pending
    if (evaluateReport({ purchase: before, session: { isOurs: true } }, event) === 'ignored') return before
    const after = applyEvent(before, event, atMs)
    if (!after) throw conflictError(id, before.state, event.type)
    this.#note(after)
    const earlier = this.#pending.get(id)
    this.#pending.set(id, {
      id,
      events: [...(earlier?.events ?? []), pending],
      known: { before: earlier?.known?.before ?? before, after }
    })
    return after
  }

  /** Keeps an event of a purchase of which nothing is known. */
  keep(id: string, pending: PendingEvent): void {
    const earlier = this.#pending.get(id)
    this.#pending.set(id, { id, events: [...(earlier?.events ?? []), pending] })
  }

  /** Ends a purchase, if it is there. */
  undo(undone: Undone): void {
    this.#undone.set(undone.id, undone)
  }

  /** Marks the events of a purchase to be written with the next transaction. */
  urge(id: string): void {
    if (this.#pending.has(id)) this.#urgent.add(id)
  }

  /** Has everything that happened written with the next transaction. */
  urgeAll(): void {
    for (const id of this.#pending.keys()) this.#urgent.add(id)
  }

  /** What is to be written. */
  pending(which: WhichPending): PendingBatch {
    const changes = which === 'all' ? [...this.#pending.values()] : this.#due()
    return { changes, undone: [...this.#undone.values()] }
  }

  /** Drops the events that a committed transaction has written. */
  written({ changes, undone }: PendingBatch): void {
    for (const change of changes) {
      // Events that came meanwhile are written by the next transaction.
      if (this.#pending.get(change.id) === change) this.#pending.delete(change.id)
      if (!this.#pending.has(change.id)) this.#urgent.delete(change.id)
    }
    for (const { id } of undone) {
      this.#undone.delete(id)
      this.#open.delete(id)
    }
  }

  /** Whether a call failed that is still open in the store. */
  #hasFailure(): boolean {
    if (this.#undone.size > 0) return true
    return [...this.#pending.values()].some(
      ({ known }) => known?.after.call !== 'answered' && known?.after.call !== 'open'
    )
  }

  #note(purchase: Purchase): void {
    this.#open.delete(purchase.id)
    if (purchase.call !== 'open') return
    this.#open.set(purchase.id, purchase)
    if (this.#open.size <= MAX_OPEN) return
    const [oldest] = this.#open.keys()
    if (oldest !== undefined) this.#open.delete(oldest)
  }

  #due(): PendingChange[] {
    return [...this.#pending.values()].filter(({ id }) => !this.#open.has(id) || this.#urgent.has(id))
  }
}

/** Events that the chain or the service can report again: no caller waits until they are written. */
export const mayBeLate: ReadonlySet<PurchaseEvent['type']> = new Set(['sent', 'settled', 'answered'])

/** Events that must be on the disk before the bytes are sent. A failed write fails the caller. */
export const mustBeWritten: ReadonlySet<PurchaseEvent['type']> = new Set(['signed', 'reissued', 'withdrawn'])
