import type { Clock, Purchase, PurchaseEvent } from '@bursar/core'
import { unrecordedError } from '../../errors.js'
import { recordStep } from '../../steps/record-step.js'
import { runNow, type Step } from '../../steps/step.js'
import type { Store } from '../../steps/store.js'
import type { Reads, Transaction } from '../../steps/transaction.js'
import { MemoryTables, MemoryTransaction } from './memory-transaction.js'

/** Keeps purchases in memory. Every step runs without a pause, so that no other comes between. */
export class MemoryStore implements Store {
  readonly who = 'this process'
  readonly #clock: Clock
  readonly #tables = new MemoryTables()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async write<Value>(step: (store: Transaction) => Step<Value>): Promise<Value> {
    return runNow(step(this.#transaction()))
  }

  async read<Value>(step: (store: Reads) => Step<Value>): Promise<Value> {
    return runNow(step(this.#transaction()))
  }

  async record(id: string, event: PurchaseEvent): Promise<Purchase> {
    const recorded = runNow(recordStep(this.#transaction(), id, event))
    if ('purchase' in recorded) return recorded.purchase
    throw unrecordedError(id, event.type, recorded)
  }

  /** A failed write has written nothing. */
  undo(): void {}

  nowMs(): number {
    return this.#clock.nowMs()
  }

  unwritten(): number {
    return 0
  }

  async close(): Promise<void> {}

  #transaction(): Transaction {
    return new MemoryTransaction(this.#tables, this.#clock.nowMs())
  }
}
