import type { Clock } from '@bursar/core'
import { HEARTBEAT_MS } from '../../rules/liveness.js'
import type { PendingBatch, WriteBehindBuffer } from '../../session/write-behind-buffer.js'
import { replayStep, undoStep } from '../../steps/replay-step.js'
import { runNow } from '../../steps/step.js'
import type { FileIdentity } from './file-identity.js'
import type { Sessions } from './sessions.js'
import type { SqliteTransaction } from './sqlite-transaction.js'
import type { TransactionHooks } from './transactor.js'

/** What a session's transactions are made with. */
export interface SessionParts {
  readonly clock: Clock
  readonly identity: FileIdentity
  readonly sessions: Sessions
  readonly transaction: SqliteTransaction
  readonly buffer: WriteBehindBuffer
}

const nothing: PendingBatch = { changes: [], undone: [] }

/**
 * What every transaction of a session begins with: what has happened and is not written yet, and, when it is time, the
 * heartbeat. A heartbeat is never written without everything that is pending, so that a session that is seen at work has
 * no end of a call that others do not see.
 */
export class SessionHooks implements TransactionHooks {
  readonly #parts: SessionParts
  readonly #onCommit: () => void
  #writing = nothing
  #beatAtMs = Number.NEGATIVE_INFINITY
  #beatingAtMs: number | undefined

  constructor(parts: SessionParts, onCommit: () => void) {
    this.#parts = parts
    this.#onCommit = onCommit
  }

  isPending(all: boolean): boolean {
    return this.#parts.buffer.isPending(all)
  }

  begin(all: boolean): void {
    const { clock, identity, sessions, transaction, buffer } = this.#parts
    identity.assertSame()
    const nowMs = clock.nowMs()
    transaction.begin(nowMs)
    // A clock that was set back must not silence the session.
    const isDue = nowMs - this.#beatAtMs >= HEARTBEAT_MS || nowMs < this.#beatAtMs
    this.#beatingAtMs = isDue ? nowMs : undefined
    this.#writing = buffer.pending(all || isDue)
    for (const change of this.#writing.changes) runNow(replayStep(transaction, change))
    for (const id of this.#writing.undone) runNow(undoStep(transaction, id))
    if (isDue) sessions.beat(nowMs)
  }

  end(): void {
    this.#parts.transaction.flush()
  }

  done(holds: boolean): void {
    const { transaction, buffer } = this.#parts
    const changed = transaction.end(holds)
    if (!holds) return
    this.#beatAtMs = this.#beatingAtMs ?? this.#beatAtMs
    buffer.written(this.#writing)
    this.#writing = nothing
    for (const purchase of changed) buffer.know(purchase)
    this.#onCommit()
  }
}
