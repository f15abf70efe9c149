import type { WhichPending } from '../../session/write-behind-buffer.js'
import { type LedgerFile, rollBack } from './ledger-file.js'
import { isBusy } from './sqlite-error.js'

/** Hooks that run in every transaction, beside the callers' jobs. An error of theirs fails the transaction. */
export interface TransactionHooks {
  /** Whether something is pending that no caller waits for. */
  isPending(which: WhichPending): boolean
  /** After the begin. @param which of what is pending is written. */
  begin(which: WhichPending): void
  /** Before the commit. */
  end(): void
  committed(): void
  rolledBack(): void
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
  finish<Value>(which: WhichPending, run: () => Value): Value {
    try {
      this.#hooks.begin(which)
      const value = run()
      this.#hooks.end()
      this.#commit.run()
      this.#hooks.committed()
      return value
    } catch (error) {
      this.#hooks.rolledBack()
      rollBack(this.#file)
      throw error
    }
  }
}
