import { closeSync, fdatasync, openSync } from 'node:fs'
import { isForeign, type LedgerFile, reasonFor } from './ledger-file.js'

/** What survives, in SQLite's words: `full` also a power cut, `normal` a killed process. */
export type Durability = 'full' | 'normal'

interface Job {
  readonly run: () => unknown
  readonly durable: boolean
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** What happens in every transaction beside its jobs. What it throws is SQLite's, and fails the transaction. */
export interface TransactionHooks {
  /** Whether there is something to write that nobody waits for: anything, or only what is due. */
  isPending(all: boolean): boolean
  begin(all: boolean): void
  /** Before the commit. */
  end(): void
  /** Whether the transaction holds. */
  done(holds: boolean): void
}

/** How long what nobody waits for is kept for a transaction that somebody does wait for. */
const PENDING_WAIT_MS = 25

/** For how many turns of the event loop a transaction is put off, while each of them brings more for it. */
const MAX_TURNS = 4

/** What waits for the disk. */
interface Waiting {
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Commits what many callers write in one transaction, and lets those who need it wait for the disk together. A job that
 * throws an error of ours has written nothing and fails alone; one of SQLite's fails all, and nothing of theirs is written.
 *
 * SQLite does not wait for the disk itself (WAL with synchronous = NORMAL), which would hold up the whole process:
 * after the commit the log is synced beside it, and one sync covers every commit before it.
 */
export class CommitQueue {
  readonly #file: LedgerFile
  readonly #log: number | undefined
  readonly #hooks: TransactionHooks
  readonly #begin
  readonly #commit
  #timer: NodeJS.Timeout | undefined
  #jobs: Job[] = []
  #waiting: Waiting[] = []
  /** Whether the disk is waited for. What comes meanwhile goes together into the next transaction. */
  #isSyncing = false

  /** @param path of the file, whose log is beside it. */
  constructor(file: LedgerFile, path: string, durability: Durability, hooks: TransactionHooks) {
    this.#file = file
    this.#hooks = hooks
    this.#begin = file.prepare('BEGIN IMMEDIATE')
    this.#commit = file.prepare('COMMIT')
    file.exec('PRAGMA synchronous = NORMAL')
    // Copying the log into the file waits for the disk, and holds up the process: seldom, and 32 MB at most.
    file.exec('PRAGMA wal_autocheckpoint = 8000')
    // A descriptor of our own: SQLite locks the file and its index, never the log.
    this.#log = durability === 'full' ? openSync(`${path}-wal`, 'r+') : undefined
  }

  /**
   * Runs a job in the next transaction.
   *
   * @param durable resolve only once it survives what the ledger is to survive. Otherwise a killed process is enough.
   */
  push<Value>(run: () => Value, durable: boolean): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      const settle = resolve as (value: unknown) => void
      this.#jobs.push({ run, durable, resolve: settle, reject })
      if (this.#jobs.length === 1 && !this.#isSyncing) this.#gather()
    })
  }

  /** Runs what waits in the turn of the event loop that brings no more of it, or in the last one. */
  #gather(turns = MAX_TURNS): void {
    const { length } = this.#jobs
    setImmediate(() => {
      if (this.#jobs.length > length && turns > 1) this.#gather(turns - 1)
      else this.flush()
    })
  }

  /** Sees to it that everything pending is written soon, whether or not somebody else writes. */
  soon(): void {
    this.#timer ??= setTimeout(() => this.flush(true), PENDING_WAIT_MS)
  }

  /**
   * Runs what waits, now.
   *
   * @param all whether everything pending is written, and not only what is due.
   */
  flush(all = false): void {
    if (all) {
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
    const jobs = this.#jobs
    this.#jobs = []
    if (jobs.length > 0 || this.#hooks.isPending(all)) this.#commitAll(jobs, all)
    if (!this.#isSyncing) this.#sync()
  }

  #commitAll(jobs: readonly Job[], all: boolean): void {
    try {
      for (const settle of this.#transact(jobs, all)) settle()
    } catch (error) {
      const reason = reasonFor(error)
      for (const { reject } of jobs) reject(reason)
    }
  }

  #transact(jobs: readonly Job[], all: boolean): (() => void)[] {
    this.#begin.run()
    try {
      this.#hooks.begin(all)
      const done = jobs.map((job) => this.#attempt(job))
      this.#hooks.end()
      this.#commit.run()
      this.#hooks.done(true)
      return done
    } catch (error) {
      this.#hooks.done(false)
      try {
        this.#file.exec('ROLLBACK')
      } catch {
        // SQLite has rolled back by itself.
      }
      throw error
    }
  }

  /** Runs what waits, and resolves once all of it is where it must be. */
  async drain(): Promise<void> {
    this.flush(true)
    if (this.#isSyncing)
      await new Promise<void>((resolve) => this.#waiting.push({ resolve, reject: () => resolve() }))
  }

  /** Lets go of the log. Nothing may be waiting. */
  close(): void {
    if (this.#log !== undefined) closeSync(this.#log)
  }

  /** One wait for the disk covers every commit before it, and meanwhile more jobs come together for the next. */
  #sync(): void {
    const covered = this.#waiting
    this.#waiting = []
    if (covered.length === 0) return
    if (this.#log === undefined) {
      for (const { resolve } of covered) resolve()
      return
    }
    this.#isSyncing = true
    fdatasync(this.#log, (error) => {
      for (const { resolve, reject } of covered) error ? reject(reasonFor(error)) : resolve()
      this.#isSyncing = false
      if (this.#jobs.length > 0) this.#gather()
      else this.flush()
    })
  }

  #attempt({ run, durable, resolve, reject }: Job): () => void {
    try {
      const value = run()
      if (!durable || this.#log === undefined) return () => resolve(value)
      return () => void this.#waiting.push({ resolve: () => resolve(value), reject })
    } catch (error) {
      if (isForeign(error)) throw error
      return () => reject(error)
    }
  }
}
