import {
  type Clock,
  type LedgerCallOptions,
  type Purchase,
  type PurchaseEvent,
  systemClock
} from '@bursar/core'
import { unavailableError } from '../../errors.js'
import { LedgerSession } from '../../session/ledger-session.js'
import type { Undone } from '../../steps/replay-step.js'
import type { Step } from '../../steps/step.js'
import type { ReadOptions, Store, WriteOptions } from '../../steps/store.js'
import type { Reads, Transaction } from '../../steps/transaction.js'
import { type Exchange, ObjectDriver } from './object-driver.js'

/** Keeps purchases in a Durable Object. */
export class DurableObjectStore implements Store {
  readonly isElsewhere = true
  readonly who = 'a Worker'
  readonly #exchange: Exchange
  readonly #clock: Clock | undefined
  /** It begins with the first call: outside of a request, a Worker may neither wait nor ask anybody. */
  #session: LedgerSession | undefined
  #isClosed = false

  constructor(exchange: Exchange, clock: Clock | undefined) {
    this.#exchange = exchange
    this.#clock = clock
  }

  async write<Value>(step: (store: Transaction) => Step<Value>, options?: WriteOptions): Promise<Value> {
    return this.#open().write(step, options)
  }

  async read<Value>(step: (store: Reads) => Step<Value>, options?: ReadOptions): Promise<Value> {
    return this.#open().read(step, options)
  }

  async record(id: string, event: PurchaseEvent, options?: LedgerCallOptions): Promise<Purchase> {
    return this.#open().record(id, event, options)
  }

  undo(undone: Undone): void {
    this.#session?.undo(undone)
  }

  nowMs(): number {
    return this.#session?.nowMs() ?? (this.#clock ?? systemClock).nowMs()
  }

  unwritten(): number {
    return this.#session?.unwritten ?? 0
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#session?.close()
  }

  #open(): LedgerSession {
    if (this.#isClosed) throw unavailableError('it was closed')
    const access = { exchange: this.#exchange, clock: this.#clock }
    this.#session ??= new LedgerSession(
      this.#clock ?? systemClock,
      (hooks) => new ObjectDriver(access, hooks)
    )
    return this.#session
  }
}
