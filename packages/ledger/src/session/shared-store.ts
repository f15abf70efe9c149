import type { Purchase, PurchaseEvent } from '@bursar/core'
import { unavailableError } from '../errors.js'
import type { Undone } from '../steps/replay-step.js'
import type { Step } from '../steps/step.js'
import type { ReadOptions, Store, WriteOptions } from '../steps/store.js'
import type { Reads, Transaction } from '../steps/transaction.js'
import type { LedgerSession } from './ledger-session.js'
import type { Share } from './shared-sessions.js'

/** A store whose steps run in a session that all ledgers of this process on one file or database share. */
export class SharedStore implements Store {
  readonly who: string
  /** Until it is closed: what is held after that is a file or database that nobody uses. */
  #share: Share<LedgerSession> | undefined

  constructor(who: string, share: Share<LedgerSession>) {
    this.who = who
    this.#share = share
  }

  async write<Value>(step: (store: Transaction) => Step<Value>, options?: WriteOptions): Promise<Value> {
    return this.#session.write(step, options)
  }

  async read<Value>(step: (store: Reads) => Step<Value>, options?: ReadOptions): Promise<Value> {
    return this.#session.read(step, options)
  }

  async record(id: string, event: PurchaseEvent, options?: WriteOptions): Promise<Purchase> {
    return this.#session.record(id, event, options)
  }

  undo(undone: Undone): void {
    this.#share?.session.undo(undone)
  }

  nowMs(): number {
    return this.#session.nowMs()
  }

  unwritten(): number {
    return this.#share?.session.unwritten ?? 0
  }

  async close(): Promise<void> {
    const share = this.#share
    this.#share = undefined
    await share?.close()
  }

  /** @throws {BursarError} `ledger/unavailable` once it is closed. */
  get #session(): LedgerSession {
    if (!this.#share) throw unavailableError('it was closed')
    return this.#share.session
  }
}
