import { randomUUID } from 'node:crypto'
import { hostname, userInfo } from 'node:os'
import type { Clock, HistoryQuery, Job, JobQuery, Purchase, PurchaseEvent } from '@bursar/core'
import { conflictError, unavailableError } from '../../errors.js'
import { HEARTBEAT_MS } from '../../rules/liveness.js'
import { recordStep } from '../../steps/record-step.js'
import { replayStep } from '../../steps/replay-step.js'
import { resolveOrphans } from '../../steps/resolve-orphans.js'
import { runNow, type Step } from '../../steps/step.js'
import type { Page, Store, WriteOptions } from '../../steps/store.js'
import type { Reads, Transaction } from '../../steps/transaction.js'
import { WriteBehindBuffer } from '../write-behind-buffer.js'
import { CommitQueue, type Durability } from './commit-queue.js'
import { type LedgerFile, openLedgerFile, reasonFor } from './ledger-file.js'
import { Sessions } from './sessions.js'
import { readJobs, readPurchases } from './sqlite-lists.js'
import { SqliteTransaction } from './sqlite-transaction.js'

/** How a file is opened. */
export interface SqliteStoreOptions {
  readonly path: string
  readonly durability: Durability
  readonly clock: Clock
}

/** Keeps purchases in a SQLite file. */
export class SqliteStore implements Store {
  readonly who = `${userInfo().username}@${hostname()}, process ${process.pid}`
  readonly #clock: Clock
  readonly #file: LedgerFile
  readonly #sessions: Sessions
  readonly #transaction: SqliteTransaction
  readonly #buffer = new WriteBehindBuffer()
  readonly #queue: CommitQueue
  readonly #beating: NodeJS.Timeout
  #isClosed = false

  /** @throws {BursarError} `ledger/unavailable` when the file cannot be opened. */
  constructor({ path, durability, clock }: SqliteStoreOptions) {
    this.#clock = clock
    this.#file = openLedgerFile(path)
    this.#sessions = new Sessions(this.#file, randomUUID())
    this.#transaction = new SqliteTransaction(this.#file, this.#sessions)
    this.#queue = new CommitQueue(this.#file, path, durability, {
      isPending: (all) => this.#buffer.isPending(all),
      begin: (all) => this.#begin(all),
      end: () => this.#transaction.flush(),
      done: (holds) => this.#done(holds)
    })
    this.#push(() => {
      this.#sessions.beat(clock.nowMs())
      this.#sessions.forgetOld(clock.nowMs())
      runNow(resolveOrphans(this.#transaction))
      // What cannot be written now cannot be written by the first payment, and that one says so.
    }).catch(() => {})
    this.#beating = setInterval(() => {
      this.#push(() => this.#sessions.beat(clock.nowMs())).catch(() => {})
    }, HEARTBEAT_MS).unref()
  }

  async write<Value>(step: (store: Transaction) => Step<Value>, options: WriteOptions = {}): Promise<Value> {
    return this.#push(() => runNow(step(this.#transaction)), options.isDurable)
  }

  async read<Value>(step: (store: Reads) => Step<Value>): Promise<Value> {
    return this.#read(() => runNow(step(this.#transaction)))
  }

  async record(id: string, event: PurchaseEvent): Promise<Purchase> {
    this.#assertOpen()
    const later = this.#buffer.take(id, event, this.#clock.nowMs())
    if (later) {
      this.#queue.soon()
      return later
    }
    const isDurable = event.type === 'signed' || event.type === 'reissued'
    const recorded = await this.write((store) => recordStep(store, id, event), { isDurable })
    if ('purchase' in recorded) return recorded.purchase
    throw conflictError(id, recorded.conflict, event.type)
  }

  async purchases(query: HistoryQuery, before: bigint | undefined): Promise<Page<Purchase>> {
    return this.#read(() => readPurchases(this.#file, query, before))
  }

  async jobs(query: JobQuery, before: bigint | undefined): Promise<Page<Job>> {
    return this.#read(() => readJobs(this.#file, query, before))
  }

  unwritten(): number {
    return this.#buffer.size
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    clearInterval(this.#beating)
    await this.#queue.drain()
    try {
      this.#sessions.end(this.#clock.nowMs())
      // The log still holds the bytes that paid, long after they have left the file.
      this.#file.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } catch {
      // Another process is reading; the last one to close empties the log.
    }
    this.#queue.close()
    this.#file.close()
  }

  async #push<Value>(run: () => Value, isDurable = false): Promise<Value> {
    this.#assertOpen()
    return this.#queue.push(run, isDurable)
  }

  async #read<Value>(run: () => Value): Promise<Value> {
    this.#assertOpen()
    if (this.#buffer.isPending(true)) this.#queue.flush(true)
    try {
      this.#transaction.begin(this.#clock.nowMs())
      return run()
    } catch (error) {
      throw reasonFor(error)
    }
  }

  /** Before what callers want comes what happened earlier. */
  #begin(all: boolean): void {
    this.#transaction.begin(this.#clock.nowMs())
    for (const change of this.#buffer.pending(all)) runNow(replayStep(this.#transaction, change))
  }

  #done(holds: boolean): void {
    const changed = this.#transaction.end(holds)
    if (!holds) return
    this.#buffer.written()
    for (const purchase of changed) this.#buffer.know(purchase)
  }

  #assertOpen(): void {
    if (this.#isClosed) throw unavailableError('it was closed')
  }
}
