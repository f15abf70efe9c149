import { closeSync, fdatasync, openSync } from 'node:fs'
import { isForeign, type LedgerFile, reasonFor } from './ledger-file.js'

/** What must survive: a killed process, or also a power cut. */
export type Durability = 'power-cut' | 'process'

interface Job {
  readonly run: () => unknown
  readonly durable: boolean
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** What takes part in every transaction. What it throws is SQLite's, and fails the transaction. */
export interface Attendant {
  /** Whether it has something to write by itself, which nobody waits for. */
  readonly waiting: boolean
  begin(): void
  /** Before the commit. */
  end(): void
  /** Whether the transaction holds. */
  done(holds: boolean): void
}

/** How long what nobody waits for is kept for a transaction that somebody does wait for. */
const ATTENDANT_WAIT_MS = 5

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
  readonly #attendant: Attendant
  readonly #begin
  readonly #commit
  #timer: NodeJS.Timeout | undefined
  #jobs: Job[] = []
  #waiting: Waiting[] = []
  #syncing = false

  /** @param path of the file, whose log is beside it. */
  constructor(file: LedgerFile, path: string, durability: Durability, attendant: Attendant) {
    this.#file = file
    this.#attendant = attendant
    this.#begin = file.prepare('BEGIN IMMEDIATE')
    this.#commit = file.prepare('COMMIT')
    file.exec('PRAGMA synchronous = NORMAL')
    // A descriptor of our own: SQLite locks the file and its index, never the log.
    this.#log = durability === 'power-cut' ? openSync(`${path}-wal`, 'r+') : undefined
  }

  /**
   * Runs a job in the next transaction.
   *
   * @param durable resolve only once it survives what the ledger is to survive. Otherwise a killed process is enough.
   */
  push<Value>(run: () => Value, durable: boolean): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      // While the disk is busy, more come together: what must be on it would have to wait for it in any case.
      if (this.#jobs.length === 0 && !this.#syncing) setImmediate(() => this.flush())
      const settle = resolve as (value: unknown) => void
      this.#jobs.push({ run, durable, resolve: settle, reject })
    })
  }

  /** Sees that the attendant writes soon, whether or not somebody else does. */
  soon(): void {
    this.#timer ??= setTimeout(() => this.flush(), ATTENDANT_WAIT_MS)
  }

  /** Runs what waits, now. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const jobs = this.#jobs
    this.#jobs = []
    if (jobs.length === 0 && !this.#attendant.waiting) return
    try {
      for (const settle of this.#transact(jobs)) settle()
    } catch (error) {
      const reason = reasonFor(error)
      for (const { reject } of jobs) reject(reason)
    }
    if (!this.#syncing) this.#sync()
  }

  #transact(jobs: readonly Job[]): (() => void)[] {
    this.#begin.run()
    try {
      this.#attendant.begin()
      const done = jobs.map((job) => this.#attempt(job))
      this.#attendant.end()
      this.#commit.run()
      this.#attendant.done(true)
      return done
    } catch (error) {
      this.#attendant.done(false)
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
    this.flush()
    if (this.#syncing)
      await new Promise<void>((resolve) => this.#waiting.push({ resolve, reject: () => resolve() }))
  }

  /** Lets go of the log. Nothing may be waiting. */
  close(): void {
    if (this.#log !== undefined) closeSync(this.#log)
  }

  /** One wait for the disk covers every commit before it. */
  #sync(): void {
    const covered = this.#waiting
    this.#waiting = []
    this.#syncing = covered.length > 0
    if (this.#log === undefined || !this.#syncing) return
    fdatasync(this.#log, (error) => {
      for (const { resolve, reject } of covered) error ? reject(reasonFor(error)) : resolve()
      this.#syncing = false
      this.flush()
      if (!this.#syncing) this.#sync()
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
