import { library } from '#sqlite'
import type { AsideConnection } from './library/sqlite-library.js'

/** How long after the last commit the log is copied into the file. */
const IDLE_MS = 25
/**
 * How long after the first commits of a connection. The connection that copies takes 4 ms to load and a thread: a command that
 * is over before then empties the log as it ends.
 */
const FIRST_IDLE_MS = 500
/** The longest that this is put off while more is committed. */
const LONGEST_MS = 1_000

/**
 * Copies the write-ahead log into the file in pauses, so that a copy of the file alone is complete. This waits for the
 * disk, so it runs on its own connection, off this thread where the SQLite library can do that.
 */
export class Checkpointer {
  readonly #path: string
  readonly #begin: () => () => void
  #database: AsideConnection | undefined
  #timer: NodeJS.Timeout | undefined
  #firstMs: number | undefined
  #running: Promise<void> | undefined

  /**
   * @param begin called before each copy; the function that it returns is called when the copy is on the disk. It may
   * throw.
   */
  constructor(path: string, begin: () => () => void) {
    this.#path = path
    this.#begin = begin
  }

  /** Notes a commit. */
  touch(): void {
    const nowMs = performance.now()
    this.#firstMs ??= nowMs
    if (this.#timer && nowMs - this.#firstMs > LONGEST_MS) return
    clearTimeout(this.#timer)
    const idleMs = this.#database ? IDLE_MS : FIRST_IDLE_MS
    this.#timer = setTimeout(() => this.#start(), idleMs).unref()
  }

  /** Ends the copy that is under way. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#running
    await this.#database?.close()
  }

  #start(): void {
    this.#timer = undefined
    this.#firstMs = undefined
    if (this.#running) {
      this.touch()
      return
    }
    this.#running = this.#copy().finally(() => {
      this.#running = undefined
    })
  }

  /** What cannot be copied now is copied after the next commit, or when the ledger is closed. */
  async #copy(): Promise<void> {
    try {
      const done = this.#begin()
      this.#database ??= library.connectAside(this.#path, 0)
      // A prepared statement would keep the connection open until it is collected.
      await this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)')
      done()
    } catch {}
  }
}
