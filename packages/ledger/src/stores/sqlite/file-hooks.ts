import type { Clock } from '@bursar/core'
import type { Begun, TransactionHooks as SharedHooks } from '../../session/transaction-hooks.js'
import type { WhichPending } from '../../session/write-behind-buffer.js'
import { runNow } from '../../steps/step.js'
import type { FileIdentity } from './file-identity.js'
import type { SqliteTransaction } from './sqlite-transaction.js'
import type { TransactionHooks } from './transactor.js'

/** What the transactions on a file are made with. */
export interface FileParts {
  readonly clock: Clock
  readonly identity: FileIdentity
  readonly transaction: SqliteTransaction
  /** Those of the session. */
  readonly hooks: SharedHooks
}

/** What happens in every transaction on a file: the path must still lead to it, and the session writes what is its own. */
export class FileHooks implements TransactionHooks {
  readonly #parts: FileParts
  readonly #onCommit: () => void
  #begun: Begun | undefined

  constructor(parts: FileParts, onCommit: () => void) {
    this.#parts = parts
    this.#onCommit = onCommit
  }

  isPending(which: WhichPending): boolean {
    return this.#parts.hooks.isPending(which)
  }

  begin(which: WhichPending): void {
    const { clock, identity, transaction, hooks } = this.#parts
    identity.assertSame()
    transaction.begin(clock.nowMs())
    this.#begun = runNow(hooks.begin(transaction, which))
  }

  end(): void {
    this.#parts.transaction.flush()
  }

  committed(): void {
    const { transaction, hooks } = this.#parts
    const changed = transaction.takeChanged()
    if (this.#begun) hooks.held(this.#begun, changed)
    this.#begun = undefined
    this.#onCommit()
  }

  rolledBack(): void {
    this.#parts.transaction.rolledBack()
    this.#begun = undefined
  }
}
