import type { LedgerFile } from './ledger-file.js'
import { isBusy } from './sqlite-error.js'

/** What happens in every transaction beside what callers want. What it throws fails the transaction. */
export interface TransactionHooks {
  /** Whether there is something to write that nobody waits for: anything, or only what is due. */
  isPending(all: boolean): boolean
  /** After the begin. @param all whether everything pending is written, and not only what is due. */
  begin(all: boolean): void
  /** Before the commit. */
  end(): void
  /** Whether the transaction holds. */
  done(holds: boolean): void
}

/** Runs transactions on a file, one after the other. */
export class Transactor {
  readonly #file: LedgerFile
  readonly #hooks: TransactionHooks
  readonly #begin
  readonly #commit

  constructor(file: LedgerFile, hooks: TransactionHooks) {
    this.#file = file
    this.#hooks = hooks
    this.#begin = file.prepare('BEGIN IMMEDIATE')
    this.#commit = file.prepare('COMMIT')
  }

  /** Begins, unless another program holds the file locked. */
  tryBegin(): boolean {
    try {
      this.#begin.run()
      return true
    } catch (error) {
      if (isBusy(error)) return false
      throw error
    }
  }

  /** Runs what was begun, and commits it. What it throws has written nothing. */
  finish<Value>(all: boolean, run: () => Value): Value {
    try {
      this.#hooks.begin(all)
      const value = run()
      this.#hooks.end()
      this.#commit.run()
      this.#hooks.done(true)
      return value
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
}
