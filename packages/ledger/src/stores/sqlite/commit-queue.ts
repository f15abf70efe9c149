// Not the globals, which a test may replace: what is to be written would never be.
import { clearTimeout, setImmediate, setTimeout } from 'node:timers'
import { unavailableError } from '../../errors.js'
import type { QueuedJob } from '../../session/session-driver.js'
import { UnwrittenTime } from '../../session/unwritten-time.js'
import type { WhichPending } from '../../session/write-behind-buffer.js'
import type { DiskSync } from './disk-sync.js'
import { isLibraryError, reasonFor } from './sqlite-error.js'
import type { TransactionHooks, Transactor } from './transactor.js'

/** What a commit survives, in SQLite's words: `full` also a power cut, `normal` only a killed process. */
export type Durability = 'full' | 'normal'

interface Job {
  /** Runs it, and returns what resolves its promise. */
  readonly run: () => () => void
  readonly isDurable: boolean
  readonly reject: (error: unknown) => void
  /** By the process's monotonic clock. */
  readonly deadlineMs: number
}

/** How long events that no caller waits for wait for a transaction that a caller needs. */
const PENDING_WAIT_MS = 25
/** The most turns of the event loop by which a transaction is delayed while each turn brings more jobs. */
const MAX_TURNS = 4
/** How long a file that another program holds locked is waited for. */
const MAX_LOCKED_MS = 5_000
/** The shortest and the longest wait before a locked file is tried again. */
const FIRST_RETRY_MS = 1
const LAST_RETRY_MS = 20
/** The wait before a failed write that no caller waits for is tried again. */
const PENDING_RETRY_MS = 250

/**
 * Commits the writes of many callers in one transaction. A job that throws one of our own errors has written nothing
 * and fails alone; an error of SQLite's fails all jobs of the transaction, and nothing is written. A locked file is
 * tried again by timers, so that this process goes on meanwhile.
 */
export class CommitQueue {
  readonly #transactor: Transactor
  readonly #hooks: TransactionHooks
  readonly #disk: DiskSync
  readonly #committed: () => number
  #jobs: Job[] = []
  /** Whether a transaction is due within the next turns. */
  #isGathering = false
  readonly #unwritten = new UnwrittenTime()
  #pendingTimer: NodeJS.Timeout | undefined
  #retryTimer: NodeJS.Timeout | undefined
  #retries = 0

  /** @param committed says what is handed on to the disk's `onSynced`. */
  constructor(transactor: Transactor, hooks: TransactionHooks, disk: DiskSync, committed: () => number) {
    this.#transactor = transactor
    this.#hooks = hooks
    this.#disk = disk
    this.#committed = committed
  }

  /**
   * Runs a job in the next transaction.
   *
   * @param isDurable whether to resolve only once the write survives a power cut, not only a killed process.
   */
  push<Value>(run: () => Value, isDurable = false): QueuedJob<Value> {
    let abandon = (): void => {}
    const done = new Promise<Value>((resolve, reject) => {
      const deadlineMs = performance.now() + MAX_LOCKED_MS
      const runJob = (): (() => void) => {
        const value = run()
        return () => resolve(value)
      }
      const job = { run: runJob, isDurable, reject, deadlineMs }
      abandon = () => {
        this.#jobs = this.#jobs.filter((waiting) => waiting !== job)
      }
      this.#jobs.push(job)
      if (!this.#retryTimer) this.#gather()
    })
    return { done, abandon }
  }

  /** Schedules a write of everything pending, whether or not a caller writes. */
  soon(waitMs = PENDING_WAIT_MS): void {
    if (this.#pendingTimer) return
    const timer = setTimeout(() => {
      this.#pendingTimer = undefined
      if (!this.flush('all')) this.soon(PENDING_RETRY_MS)
    }, waitMs)
    this.#pendingTimer = this.#unwritten.isLong ? timer.unref() : timer
  }

  /**
   * Runs the waiting jobs now.
   *
   * @param which of what is pending is written. @returns whether nothing of that is left.
   */
  flush(which: WhichPending = 'due'): boolean {
    if (this.#jobs.length > 0 || this.#hooks.isPending(which)) this.#tryCommit(which)
    this.#disk.start(this.#committed(), () => this.#synced())
    this.#unwritten.note(this.#hooks.isPending('all'))
    return !this.#hooks.isPending(which)
  }

  /** Runs the waiting jobs, and resolves once each is as durable as it asked. */
  async drain(): Promise<void> {
    const last = this.push(() => {}, true)
    this.flush('all')
    await last.done.catch(() => {})
    this.flush('all')
  }

  /** Ends every timer. Waiting jobs fail. */
  close(): void {
    clearTimeout(this.#pendingTimer)
    clearTimeout(this.#retryTimer)
    for (const { reject } of this.#jobs.splice(0)) reject(unavailableError('it was closed'))
  }

  /**
   * Runs the waiting jobs in the first turn of the event loop that brings no more, at the latest after the given turns.
   */
  #gather(turns = MAX_TURNS): void {
    if (this.#isGathering && turns === MAX_TURNS) return
    this.#isGathering = true
    const { length } = this.#jobs
    setImmediate(() => {
      if (this.#jobs.length > length && turns > 1) return this.#gather(turns - 1)
      this.#isGathering = false
      this.flush()
    })
  }

  /** After a sync: what was committed meanwhile is synced next, with the jobs that are due where there are any. */
  #synced(): void {
    if (this.#jobs.length === 0) this.flush()
  }

  #tryCommit(which: WhichPending): void {
    const jobs = this.#jobs
    try {
      if (!this.#transactor.tryBegin()) {
        this.#tryAgain()
        return
      }
      this.#retries = 0
      this.#jobs = []
      const settles = this.#transactor.finish(which, () => jobs.map((job) => this.#attempt(job)))
      for (const settle of settles) settle()
    } catch (error) {
      this.#jobs = []
      const reason = reasonFor(error)
      for (const { reject } of jobs) reject(reason)
      if (this.#hooks.isPending('all')) this.soon(PENDING_RETRY_MS)
    }
  }

  /** Another program has locked the file: jobs past their deadline fail, and the rest waits. */
  #tryAgain(): void {
    const nowMs = performance.now()
    const late = this.#jobs.filter(({ deadlineMs }) => deadlineMs <= nowMs)
    this.#jobs = this.#jobs.filter(({ deadlineMs }) => deadlineMs > nowMs)
    for (const { reject } of late) reject(unavailableError('another program holds its file locked'))
    if (this.#retryTimer || (this.#jobs.length === 0 && !this.#hooks.isPending('due'))) return
    const waitMs = Math.min(FIRST_RETRY_MS * 2 ** Math.min(this.#retries++, 8), LAST_RETRY_MS)
    const timer = setTimeout(
      () => {
        this.#retryTimer = undefined
        this.flush()
      },
      // Spreads the retries of processes that wait for one lock.
      waitMs * (0.5 + Math.random())
    )
    this.#retryTimer = this.#jobs.length === 0 && this.#unwritten.isLong ? timer.unref() : timer
  }

  /** Runs a job, and returns what settles its promise. */
  #attempt({ run, isDurable, reject }: Job): () => void {
    try {
      const resolve = run()
      return isDurable ? () => void this.#disk.wait().then(resolve, reject) : resolve
    } catch (error) {
      if (isLibraryError(error)) throw error
      return () => reject(error)
    }
  }
}
