import { closeSync, fdatasync, openSync } from 'node:fs'
import { setImmediate } from 'node:timers'
import { mustSqliteSync } from './own-sync.js'
import { reasonFor } from './sqlite-error.js'

interface Waiting {
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Syncs the log to the disk off this thread. One sync covers every commit before it. SQLite does not sync by itself
 * (WAL with synchronous = NORMAL), since that would block the whole process, except where this program may not.
 */
export class DiskSync {
  readonly #path: string
  readonly #onSynced: (upTo: number) => void
  #log: number | undefined
  #waiting: Waiting[] = []
  #isSyncing = false

  /**
   * @param path of the file, whose log is beside it.
   * @param onSynced called with the last value that {@link DiskSync.wait} was given before the sync began.
   */
  constructor(path: string, onSynced: (upTo: number) => void) {
    this.#path = path
    this.#onSynced = onSynced
  }

  /** Resolves once everything committed so far is on the disk. */
  wait(): Promise<void> {
    return new Promise((resolve, reject) => void this.#waiting.push({ resolve, reject }))
  }

  /**
   * Starts a sync if a caller waits for one and none is under way.
   *
   * @param upTo is handed on to `onSynced`. @param then runs when the sync is over.
   */
  start(upTo: number, then: () => void): void {
    if (this.#isSyncing || this.#waiting.length === 0) return
    const covered = this.#waiting
    this.#waiting = []
    this.#isSyncing = true
    this.#sync((error) => {
      this.#isSyncing = false
      if (!error) this.#noteSynced(upTo)
      for (const { resolve, reject } of covered) error ? reject(reasonFor(error)) : resolve()
      then()
    })
  }

  /** Always calls back in a later turn, also where the log cannot be opened, such as for want of descriptors. */
  #sync(then: (error: unknown) => void): void {
    try {
      // Then a commit is on the disk when it returns.
      if (mustSqliteSync()) return void setImmediate(then, undefined)
      // A descriptor of our own is safe: SQLite locks the file and its index, never the log.
      this.#log ??= openSync(`${this.#path}-wal`, 'r+')
      fdatasync(this.#log, then)
    } catch (error) {
      setImmediate(then, error)
    }
  }

  /** What is on the disk is on the disk, whatever becomes of a note about it. */
  #noteSynced(upTo: number): void {
    try {
      this.#onSynced(upTo)
    } catch {}
  }

  close(): void {
    if (this.#log !== undefined) closeSync(this.#log)
    this.#log = undefined
  }
}
