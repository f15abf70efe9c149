import { isForeign, type LedgerFile, reasonFor } from './ledger-file.js'

/** What must survive: a killed process, or also a power cut. */
export type Durability = 'power-cut' | 'process'

interface Job {
  readonly run: () => unknown
  readonly durable: boolean
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/**
 * Commits what many callers write in one transaction, so that they share one wait for the disk. A job that throws an
 * error of ours has written nothing and fails alone; one of SQLite's fails all, and nothing of theirs is written.
 */
export class CommitQueue {
  readonly #file: LedgerFile
  readonly #durability: Durability
  #jobs: Job[] = []
  #syncs: boolean | undefined

  constructor(file: LedgerFile, durability: Durability) {
    this.#file = file
    this.#durability = durability
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
      this.#syncWhen(this.#durability === 'power-cut' && jobs.some(({ durable }) => durable))
      const done = this.#transact(jobs)
      for (const settle of done) settle()
    } catch (error) {
      const reason = reasonFor(error)
      for (const { reject } of jobs) reject(reason)
    }
  }

  #transact(jobs: readonly Job[]): (() => void)[] {
    this.#file.exec('BEGIN IMMEDIATE')
    try {
      const done = jobs.map((job) => attempt(job))
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

  /** In WAL mode, FULL waits for the disk at every commit and NORMAL at none; the next FULL covers them all. */
  #syncWhen(syncs: boolean): void {
    if (this.#syncs === syncs) return
    this.#file.exec(`PRAGMA synchronous = ${syncs ? 'FULL' : 'NORMAL'}`)
    this.#syncs = syncs
  }
}

function attempt({ run, resolve, reject }: Job): () => void {
  try {
    const value = run()
    return () => resolve(value)
  } catch (error) {
    if (isForeign(error)) throw error
    return () => reject(error)
  }
}
