import { randomUUID } from 'node:crypto'
import type { Clock, HistoryQuery, Job, JobQuery, Purchase, PurchaseEvent } from '@bursar/core'
import { conflictError } from '../../errors.js'
import { HEARTBEAT_MS } from '../../rules/liveness.js'
import { abortable } from '../../session/abortable.js'
import { atExit } from '../../session/at-exit.js'
import type { Shareable } from '../../session/shared-sessions.js'
import { waitSync } from '../../session/wait-sync.js'
import { mayBeLate, mustBeWritten, WriteBehindBuffer } from '../../session/write-behind-buffer.js'
import { recordStep } from '../../steps/record-step.js'
import { resolveOrphans } from '../../steps/resolve-orphans.js'
import { runNow, type Step } from '../../steps/step.js'
import type { Page, ReadOptions, WriteOptions } from '../../steps/store.js'
import type { Reads, Transaction } from '../../steps/transaction.js'
import { Checkpointer } from './checkpointer.js'
import { CommitQueue } from './commit-queue.js'
import { DiskSync } from './disk-sync.js'
import { FileIdentity } from './file-identity.js'
import { openLedgerFile } from './ledger-file.js'
import { LedgerMark, type MarkedLedger } from './ledger-mark.js'
import { readOwnMark, restoredReason } from './ledger-state.js'
import { SessionHooks } from './session-hooks.js'
import { Sessions } from './sessions.js'
import { reasonFor } from './sqlite-error.js'
import { readJobs, readPurchases } from './sqlite-lists.js'
import { SqliteTransaction } from './sqlite-transaction.js'
import { Transactor } from './transactor.js'

/** A file that is to be opened. */
export interface SqlitePlace {
  readonly path: string
  /** What stood beside it before it was opened. */
  readonly mark: MarkedLedger | undefined
  readonly clock: Clock
}

/** For how long at most the end of the process is put off by a locked file. */
const EXIT_TRIES = 50
const EXIT_TRY_MS = 20

/** What one process does on one file, for all its ledgers: one connection, one queue, one session. */
export class SqliteSession implements Shareable {
  readonly #clock: Clock
  readonly #file
  readonly #identity: FileIdentity
  readonly #sessions: Sessions
  readonly #transaction: SqliteTransaction
  readonly #buffer = new WriteBehindBuffer()
  readonly #mark: LedgerMark
  readonly #disk: DiskSync
  readonly #checkpointer: Checkpointer
  readonly #queue: CommitQueue
  readonly #beating: NodeJS.Timeout
  readonly #forgetExit: () => void

  /** @throws {BursarError} `ledger/unavailable` when the file cannot be opened. */
  constructor({ path, mark, clock }: SqlitePlace) {
    this.#clock = clock
    this.#file = openLedgerFile(path)
    const own = readOwnMark(this.#file)
    this.#mark = new LedgerMark(path, own)
    this.#identity = new FileIdentity(path)
    this.#sessions = new Sessions(this.#file, randomUUID())
    this.#transaction = new SqliteTransaction(this.#file, this.#sessions, restoredReason(mark, own))
    this.#disk = new DiskSync(path, (purchases) => this.#mark.note(purchases))
    this.#checkpointer = new Checkpointer(path, () => this.#beginCheckpoint())
    const parts = {
      clock,
      identity: this.#identity,
      sessions: this.#sessions,
      transaction: this.#transaction,
      buffer: this.#buffer
    }
    const hooks = new SessionHooks(parts, () => this.#checkpointer.touch())
    const transactor = new Transactor(this.#file, hooks)
    this.#queue = new CommitQueue(transactor, hooks, this.#disk, () => this.#transaction.purchases)
    this.#begin()
    this.#beating = setInterval(() => this.#beat(), HEARTBEAT_MS).unref()
    this.#forgetExit = atExit(() => this.#end())
  }

  async write<Value>(
    step: (store: Transaction) => Step<Value>,
    { isDurable, signal }: WriteOptions = {}
  ): Promise<Value> {
    return this.#push(() => runNow(step(this.#transaction)), { isDurable, signal })
  }

  async read<Value>(step: (store: Reads) => Step<Value>, options?: ReadOptions): Promise<Value> {
    return this.#read(() => runNow(step(this.#transaction)), options)
  }

  async record(
    id: string,
    event: PurchaseEvent,
    { signal, isDurable }: WriteOptions = {}
  ): Promise<Purchase> {
    const pending = { event, atMs: this.#clock.nowMs() }
    const isWritten = mustBeWritten.has(event.type)
    const after = isWritten ? undefined : this.#buffer.take(id, pending)
    if (after && mayBeLate.has(event.type)) {
      this.#queue.soon()
      return after
    }
    this.#buffer.urge(id)
    try {
      if (after) {
        await this.#push(() => {}, { signal })
        return after
      }
      const options = { signal, isDurable: isDurable === true && isWritten }
      const recorded = await this.write((store) => recordStep(store, id, event), options)
      if ('purchase' in recorded) return recorded.purchase
      throw conflictError(id, recorded.conflict, event.type)
    } finally {
      if (this.#buffer.size > 0) this.#queue.soon()
    }
  }

  /** Ends a purchase, should it be there, whose caller was told that it was not made or not resumed. */
  undo(id: string): void {
    this.#buffer.undo(id)
    this.#queue.soon(0)
  }

  async purchases(query: HistoryQuery, before: bigint | undefined): Promise<Page<Purchase>> {
    return this.#read(() => readPurchases(this.#file, query, before))
  }

  async jobs(query: JobQuery, before: bigint | undefined): Promise<Page<Job>> {
    return this.#read(() => readJobs(this.#file, query, before))
  }

  /** Events that are not written yet. */
  get unwritten(): number {
    return this.#buffer.size
  }

  async close(): Promise<void> {
    clearInterval(this.#beating)
    this.#forgetExit()
    await this.#queue.drain()
    await this.#checkpointer.close()
    this.#end()
    this.#queue.close()
    this.#disk.close()
    this.#mark.close()
    this.#file.close()
  }

  /** What cannot be written now cannot be written by the first payment, and that one says so. */
  #begin(): void {
    const first = (store: Transaction) => this.#first(store)
    this.write(first).catch(() => {})
  }

  *#first(store: Transaction): Step<void> {
    this.#transaction.keepRestored()
    this.#sessions.forgetOld(store.nowMs)
    yield* resolveOrphans(store)
  }

  /** A session that has nothing open, and nothing to write, need not be seen. */
  #beat(): void {
    if (this.#buffer.hasOpen || this.#buffer.size > 0) this.#push(() => {}).catch(() => {})
  }

  #beginCheckpoint(): () => void {
    this.#identity.assertSame()
    const { purchases } = this.#transaction
    return () => this.#mark.note(purchases)
  }

  #push<Value>(run: () => Value, { isDurable, signal }: WriteOptions = {}): Promise<Value> {
    const job = this.#queue.push(run, isDurable)
    return abortable(signal, job.done, job.abandon)
  }

  async #read<Value>(run: () => Value, { signal, mayMiss }: ReadOptions = {}): Promise<Value> {
    signal?.throwIfAborted()
    const isBehind = this.#buffer.isBehind(mayMiss)
    // Where the file is locked, what is pending is waited for.
    if (isBehind && !this.#queue.flush(true)) return this.#push(run, { signal })
    try {
      this.#identity.assertSame()
      this.#transaction.begin(this.#clock.nowMs())
      return run()
    } catch (error) {
      throw reasonFor(error)
    }
  }

  /** Writes what is pending, and says that this session goes, without waiting for anybody but a lock. */
  #end(): void {
    for (let tries = 0; tries < EXIT_TRIES && !this.#queue.flush(true); tries++) waitSync(EXIT_TRY_MS)
    try {
      this.#identity.assertSame()
      if (!this.#buffer.isPending(true)) this.#sessions.end(this.#clock.nowMs())
      this.#mark.note(this.#transaction.purchases)
      // The log still holds the bytes that paid, long after they have left the file.
      this.#file.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } catch {
      // Another process is reading; the last one to close empties the log.
    }
  }
}
