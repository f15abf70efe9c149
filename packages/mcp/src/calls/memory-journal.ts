import type { Clock } from '@bursar/core'
import { type CallJournal, isFresh, isNamed } from './call-journal.js'
import type { CallRecord } from './call-record.js'

/** How many delivered results are kept. */
const MAX_DELIVERED = 100

/** A journal that ends with its process. */
export class MemoryJournal implements CallJournal {
  readonly #clock: Clock
  readonly #open = new Map<string, CallRecord>()
  /** By id, oldest first. */
  readonly #delivered = new Map<string, CallRecord>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  async begin(record: CallRecord): Promise<CallRecord> {
    const open = this.#open.get(record.key)
    if (open && isFresh(open, this.#clock.nowMs())) return open
    this.#open.set(record.key, record)
    return record
  }

  async update(record: CallRecord): Promise<void> {
    if (this.#isOpen(record)) this.#open.set(record.key, record)
  }

  async deliver(record: CallRecord): Promise<void> {
    if (!this.#isOpen(record)) return
    this.#open.delete(record.key)
    this.#delivered.set(record.id, record)
    for (const id of [...this.#delivered.keys()].slice(0, -MAX_DELIVERED)) this.#delivered.delete(id)
  }

  async drop(record: CallRecord): Promise<void> {
    if (this.#isOpen(record)) this.#open.delete(record.key)
  }

  async find(name: string): Promise<CallRecord | undefined> {
    return [...this.#open.values(), ...this.#delivered.values()].find((record) => isNamed(record, name))
  }

  #isOpen({ id, key }: CallRecord): boolean {
    return this.#open.get(key)?.id === id
  }
}
