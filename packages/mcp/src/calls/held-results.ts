import { BoundedMap } from '@bursar/core/bounded-map'
import { type CallJournal, isFresh, isNamed } from './call-journal.js'
import type { CallRecord } from './call-record.js'

/** How many results are held. */
const MAX_HELD = 100

/**
 * A journal that holds in this process the results that it cannot write, as on a full disk: an equal call has them, and is not
 * bought again, until somebody was given them.
 */
export class HeldResults implements CallJournal {
  readonly #journal: CallJournal
  /** By the key of their calls. */
  readonly #held = new BoundedMap<string, CallRecord>(MAX_HELD)

  constructor(journal: CallJournal) {
    this.#journal = journal
  }

  async begin(record: CallRecord): Promise<CallRecord> {
    const held = this.#held.get(record.key)
    return held && isFresh(held, record.startedAtMs) ? held : this.#journal.begin(record)
  }

  async update(record: CallRecord): Promise<void> {
    if (record.outcome) this.#held.set(record.key, record)
    await this.#journal.update(record)
    this.#held.delete(record.key)
  }

  async deliver(record: CallRecord): Promise<void> {
    this.#held.delete(record.key)
    await this.#journal.deliver(record)
  }

  async drop(record: CallRecord): Promise<void> {
    this.#held.delete(record.key)
    await this.#journal.drop(record)
  }

  async find(name: string): Promise<CallRecord | undefined> {
    const held = [...this.#held.values()].find((record) => isNamed(record, name))
    return held ?? this.#journal.find(name)
  }
}
