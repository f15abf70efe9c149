import { existsSync } from 'node:fs'
import type { Clock, LedgerCallOptions, Purchase, PurchaseEvent } from '@bursar/core'
import { unavailableError } from '../../errors.js'
import { clockNumber } from '../../session/clock-number.js'
import { LedgerSession } from '../../session/ledger-session.js'
import { type Share, SharedSessions } from '../../session/shared-sessions.js'
import { whoWrites } from '../../session/who.js'
import type { Undone } from '../../steps/replay-step.js'
import type { Step } from '../../steps/step.js'
import type { ReadOptions, Store, WriteOptions } from '../../steps/store.js'
import type { Reads, Transaction } from '../../steps/transaction.js'
import type { Durability } from './commit-queue.js'
import { fileId } from './file-identity.js'
import { createPrivately } from './ledger-file.js'
import { markPath, readMark } from './ledger-mark.js'
import { SqliteDriver } from './sqlite-driver.js'

/** How a file is opened. */
export interface SqliteStoreOptions {
  readonly path: string
  readonly durability: Durability
  readonly clock: Clock
}

const sessions = new SharedSessions<LedgerSession>()

/** Keeps purchases in a SQLite file. All ledgers of this process on one file share one session. */
export class SqliteStore implements Store {
  readonly who = whoWrites()
  readonly #isDurable: boolean
  /** Until it is closed: what is held after that is a file that nobody uses. */
  #share: Share<LedgerSession> | undefined

  /** @throws {BursarError} `ledger/unavailable` when the file cannot be opened. */
  constructor({ path, durability, clock }: SqliteStoreOptions) {
    this.#isDurable = durability === 'full'
    const mark = readMark(path)
    if (mark && !existsSync(path)) {
      const beside = markPath(path)
      const fix = `put a backup in its place, or remove ${beside} to begin anew`
      throw unavailableError(`its file is gone, and ${beside} says that there was one: ${fix}`)
    }
    createPrivately(path)
    const key = `${fileId(path)} ${clockNumber(clock)}`
    const place = { path, mark, clock }
    const open = (): LedgerSession => new LedgerSession(clock, (hooks) => new SqliteDriver(place, hooks))
    this.#share = sessions.share(key, open)
  }

  async write<Value>(step: (store: Transaction) => Step<Value>, options: WriteOptions = {}): Promise<Value> {
    const isDurable = this.#isDurable && options.isDurable === true
    return this.#session.write(step, { isDurable, signal: options.signal })
  }

  async read<Value>(step: (store: Reads) => Step<Value>, options?: ReadOptions): Promise<Value> {
    return this.#session.read(step, options)
  }

  async record(id: string, event: PurchaseEvent, options?: LedgerCallOptions): Promise<Purchase> {
    return this.#session.record(id, event, { isDurable: this.#isDurable, signal: options?.signal })
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
