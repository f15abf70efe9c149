import type { Purchase } from '@bursar/core'
import { HEARTBEAT_MS } from '../rules/liveness.js'
import { replayStep, undoStep } from '../steps/replay-step.js'
import { ask, type Step } from '../steps/step.js'
import type { SessionTransaction } from './session-driver.js'
import type { PendingBatch, WhichPending, WriteBehindBuffer } from './write-behind-buffer.js'

/** What a transaction writes beside the steps of its callers. */
export interface Begun {
  readonly batch: PendingBatch
  /** When the transaction wrote the session's heartbeat. */
  readonly heartbeatAtMs: number | undefined
}

/**
 * Begins every transaction of a session: writes what has happened and is not written yet, and, when it is due, the
 * heartbeat. A heartbeat is never written without everything that is pending, so that others who see a session at work
 * also see every call that has ended in it.
 */
export class TransactionHooks {
  readonly #buffer: WriteBehindBuffer
  #heartbeatAtMs = Number.NEGATIVE_INFINITY

  constructor(buffer: WriteBehindBuffer) {
    this.#buffer = buffer
  }

  /** Whether something is pending that no caller waits for. */
  isPending(which: WhichPending): boolean {
    return this.#buffer.isPending(which)
  }

  /** Whether this session has anything open, or anything to write: others must see that it is at work. */
  get isBusy(): boolean {
    return this.#buffer.hasOpen || this.#buffer.size > 0
  }

  /** Everything that is pending, for a store that runs its transactions elsewhere. */
  pending(): PendingBatch {
    return this.#buffer.pending('all')
  }

  *begin(store: SessionTransaction, which: WhichPending): Step<Begun> {
    const { nowMs } = store
    // A clock that was set back must not silence the session.
    const isDue = nowMs - this.#heartbeatAtMs >= HEARTBEAT_MS || nowMs < this.#heartbeatAtMs
    const batch = this.#buffer.pending(isDue ? 'all' : which)
    for (const change of batch.changes) yield* replayStep(store, change)
    for (const undone of batch.undone) yield* undoStep(store, undone)
    if (isDue) yield* ask(store.noteSession('working'))
    return { batch, heartbeatAtMs: isDue ? nowMs : undefined }
  }

  /** Called when the transaction is committed. @param changed what it wrote of this session's own. */
  held({ batch, heartbeatAtMs }: Begun, changed: readonly Purchase[]): void {
    this.#heartbeatAtMs = heartbeatAtMs ?? this.#heartbeatAtMs
    this.#buffer.written(batch)
    for (const purchase of changed) this.#buffer.know(purchase)
  }
}
