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
  #jobs: Job[] = []
  #waiting: Waiting[] = []
  #syncing = false

  /** @param path of the file, whose log is beside it. */
  constructor(file: LedgerFile, path: string, durability: Durability) {
    this.#file = file
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
      if (this.#jobs.length === 0) setImmediate(() => this.flush())
      const settle = resolve as (value: unknown) => void
      this.#jobs.push({ run, durable, resolve: settle, reject })
    })
  }

  /** Runs what waits, now. */
  flush(): void {
    const jobs = this.#jobs
    this.#jobs = []
    if (jobs.length === 0) return
    try {
      for (const settle of this.#transact(jobs)) settle()
    } catch (error) {
      const reason = reasonFor(error)
      for (const { reject } of jobs) reject(reason)
    }
  }

  #transact(jobs: readonly Job[]): (() => void)[] {
    this.#file.exec('BEGIN IMMEDIATE')
    try {
      const done = jobs.map((job) => this.#attempt(job))
      this.#file.exec('COMMIT')
      return done
    } catch (error) {
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
      await new Promise<void>((resolve) => this.#onDisk({ resolve, reject: () => resolve() }))
  }

  /** Lets go of the log. Nothing may be waiting. */
  close(): void {
    if (this.#log !== undefined) closeSync(this.#log)
  }

  #onDisk(waiting: Waiting): void {
    this.#waiting.push(waiting)
    if (!this.#syncing) this.#sync()
  }

  #sync(): void {
    const covered = this.#waiting
    this.#waiting = []
    this.#syncing = covered.length > 0
    if (this.#log === undefined || !this.#syncing) return
    fdatasync(this.#log, (error) => {
      for (const { resolve, reject } of covered) error ? reject(reasonFor(error)) : resolve()
      this.#sync()
    })
  }

  #attempt({ run, durable, resolve, reject }: Job): () => void {
    try {
      const value = run()
      if (!durable || this.#log === undefined) return () => resolve(value)
      return () => this.#onDisk({ resolve: () => resolve(value), reject })
    } catch (error) {
      if (isForeign(error)) throw error
      return () => reject(error)
    }
  }
}
