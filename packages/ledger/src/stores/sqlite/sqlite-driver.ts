import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Clock } from '@bursar/core'
import { isOnThisMachine, isProvenGone, ownIdentity } from '@bursar/core/files'
import { atExit } from '../../session/at-exit.js'
import type { QueuedJob, SessionDriver } from '../../session/session-driver.js'
import type { TransactionHooks } from '../../session/transaction-hooks.js'
import { waitSync } from '../../session/wait-sync.js'
import { runNow, type Step } from '../../steps/step.js'
import { Checkpointer } from './checkpointer.js'
import { CommitQueue } from './commit-queue.js'
import { DiskSync } from './disk-sync.js'
import { FileHooks } from './file-hooks.js'
import { FileIdentity } from './file-identity.js'
import { openLedgerFile } from './ledger-file.js'
import { LedgerMark, type MarkedLedger } from './ledger-mark.js'
import { assertCopyIsWhole, readOwnMark, restoredReason } from './ledger-state.js'
import { type Processes, Sessions } from './sessions.js'
import { reasonFor } from './sqlite-error.js'
import { SqliteTransaction } from './sqlite-transaction.js'
import { Transactor } from './transactor.js'

/** A file that is to be opened. */
export interface SqliteLocation {
  readonly path: string
  /** What stood beside it before it was opened. */
  readonly mark: MarkedLedger | undefined
  readonly clock: Clock
}

/** The processes that share a file. */
const processesHere: Processes = {
  own: ownIdentity,
  isGone: (process) => isProvenGone(process),
  sharesClock: isOnThisMachine
}

/** How often a locked file is tried again at the end of the process. */
const EXIT_TRIES = 50
const EXIT_TRY_MS = 20

/** Reaches one file for one session: one connection, one queue. */
export class SqliteDriver implements SessionDriver {
  readonly writesAtExit = true
  readonly #clock: Clock
  readonly #file
  readonly #identity: FileIdentity
  readonly #transaction: SqliteTransaction
  readonly #mark: LedgerMark
  readonly #disk: DiskSync
  readonly #checkpointer: Checkpointer
  readonly #queue: CommitQueue
  readonly #forgetExit: () => void

  /** @throws {BursarError} `ledger/unavailable` when the file cannot be opened. */
  constructor({ path, mark, clock }: SqliteLocation, hooks: TransactionHooks) {
    this.#clock = clock
    this.#file = openLedgerFile(path)
    const own = readOwnMark(this.#file)
    const restored = restoredReason(mark, own)
    assertCopyIsWhole(this.#file, restored)
    this.#mark = new LedgerMark(path, own)
    this.#identity = new FileIdentity(path)
    const sessions = new Sessions(this.#file, { id: randomUUID(), processes: processesHere })
    this.#transaction = new SqliteTransaction(this.#file, sessions, restored)
    this.#disk = new DiskSync(path, (purchases) => this.#mark.note(purchases))
    this.#checkpointer = new Checkpointer(path, () => this.#beginCheckpoint())
    const parts = { clock, identity: this.#identity, transaction: this.#transaction, hooks }
    const fileHooks = new FileHooks(parts, () => this.#checkpointer.touch())
    const transactor = new Transactor(this.#file, fileHooks)
    this.#queue = new CommitQueue(transactor, fileHooks, this.#disk, () => this.#transaction.purchases)
    this.#forgetExit = atExit(() => this.#end(this.#writeNow()))
  }

  nowMs(): number {
    return this.#clock.nowMs()
  }

  push<Value>(step: (store: SqliteTransaction) => Step<Value>, isDurable?: boolean): QueuedJob<Value> {
    return this.#queue.push(() => runNow(step(this.#transaction)), isDurable)
  }

  read<Value>(step: (store: SqliteTransaction) => Step<Value>): Value {
    try {
      this.#identity.assertSameLately()
      this.#transaction.begin(this.#clock.nowMs())
      return runNow(step(this.#transaction))
    } catch (error) {
      throw reasonFor(error)
    }
  }

  flush(): boolean {
    return this.#queue.flush('all')
  }

  soon(waitMs?: number): void {
    this.#queue.soon(waitMs)
  }

  /** Until it is over, the process may end, and has the rest written as it ends. */
  async close(): Promise<void> {
    await this.#queue.drain()
    for (let tries = 1; tries < EXIT_TRIES && !this.flush(); tries++) await setTimeout(EXIT_TRY_MS)
    await this.#checkpointer.close()
    this.#forgetExit()
    this.#end(this.flush())
    this.#queue.close()
    this.#disk.close()
    this.#mark.close()
    this.#file.close()
  }

  #beginCheckpoint(): () => void {
    this.#identity.assertSame()
    const { purchases } = this.#transaction
    return () => this.#mark.note(purchases)
  }

  /** Writes what is pending, without waiting for anybody but a lock. Returns whether nothing of it is left. */
  #writeNow(): boolean {
    let isWritten = this.flush()
    for (let tries = 1; tries < EXIT_TRIES && !isWritten; tries++) {
      waitSync(EXIT_TRY_MS)
      isWritten = this.flush()
    }
    return isWritten
  }

  /** Says that this session goes, if it leaves nothing unwritten. */
  #end(isWritten: boolean): void {
    try {
      this.#identity.assertSame()
      this.#transaction.begin(this.#clock.nowMs())
      if (isWritten) this.#transaction.noteSession('ended')
      this.#mark.note(this.#transaction.purchases)
      // The log still holds the bytes that paid, long after they have left the file.
      this.#file.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } catch {
      // Another process is reading; the last one to close empties the log.
    }
  }
}
