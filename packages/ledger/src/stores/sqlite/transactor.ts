import type { LedgerFile } from './ledger-file.js'
import { isBusy } from './sqlite-error.js'

/** Hooks that run in every transaction, beside the callers' jobs. An error of theirs fails the transaction. */
export interface TransactionHooks {
  /** Whether something is pending that no caller waits for: anything at all, or only what is due. */
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

  /** Begins a transaction, unless another program has locked the file. */
  tryBegin(): boolean {
    try {
      this.#begin.run()
      return true
    } catch (error) {
      if (isBusy(error)) return false
      throw error
    }
  }

  /** Runs the transaction and commits it. If it throws, nothing was written. */
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
