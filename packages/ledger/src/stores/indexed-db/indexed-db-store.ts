import type { Clock, LedgerCallOptions, Purchase, PurchaseEvent } from '@bursar/core'
import { unavailableError } from '../../errors.js'
import { clockNumber } from '../../session/clock-number.js'
import { LedgerSession } from '../../session/ledger-session.js'
import { type Share, SharedSessions } from '../../session/shared-sessions.js'
import { TransactionQueue } from '../../session/transaction-queue.js'
import type { Undone } from '../../steps/replay-step.js'
import type { Step } from '../../steps/step.js'
import type { ReadOptions, Store, WriteOptions } from '../../steps/store.js'
import type { Reads, Transaction } from '../../steps/transaction.js'
import { IndexedDbDatabase } from './indexed-db-database.js'

/** The longest that a caller waits: another tab may hold the database for as long. */
const TIMEOUT_MS = 10_000

const sessions = new SharedSessions<LedgerSession>()

/** Keeps purchases in a database of the browser. All ledgers of this page on one database share one session. */
export class IndexedDbStore implements Store {
  readonly who: string
  #share: Share<LedgerSession> | undefined

  constructor(name: string, clock: Clock) {
    this.who = `a page of ${globalThis.location?.origin ?? 'this browser'}`
    const open = (): LedgerSession =>
      new LedgerSession(
        clock,
        (hooks) =>
          new TransactionQueue(new IndexedDbDatabase(name, clock), hooks, { clock, timeoutMs: TIMEOUT_MS })
      )
    this.#share = sessions.share(`${name} ${clockNumber(clock)}`, open)
  }

  async write<Value>(step: (store: Transaction) => Step<Value>, options?: WriteOptions): Promise<Value> {
    return this.#session.write(step, options)
  }

  async read<Value>(step: (store: Reads) => Step<Value>, options?: ReadOptions): Promise<Value> {
    return this.#session.read(step, options)
  }

  async record(id: string, event: PurchaseEvent, options?: LedgerCallOptions): Promise<Purchase> {
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

  get #session(): LedgerSession {
    if (!this.#share) throw unavailableError('it was closed')
    return this.#share.session
  }
}
