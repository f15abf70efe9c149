import type { Purchase } from '@bursar/core'
import type { Answer, Step } from '../steps/step.js'
import type { Reads, Transaction } from '../steps/transaction.js'

/** What a session writes about itself: that it is at work, or that it has ended. */
export type SessionNote = 'working' | 'ended'

/** A transaction of a session, which also writes its heartbeat. */
export interface SessionTransaction extends Transaction {
  /** Writes this session's heartbeat, or its end, with which its open calls have ended. */
  noteSession(note: SessionNote): Answer<void>
  /** Called once, when a session begins: forgets sessions of long ago, whose calls can be resumed no more. */
  tidy(): Answer<void>
  /** The purchases that this transaction has written and that are open in this session, or were. */
  readonly changed: readonly Purchase[]
}

/** A step that waits for its transaction. */
export interface QueuedJob<Value> {
  readonly done: Promise<Value>
  /** Takes the step back, unless it has been run. */
  readonly abandon: () => void
}

/** How the steps of a session reach a file or a database. */
export interface SessionDriver {
  /** By the ledger's own clock, as far as that is known without a wait. Unix milliseconds. */
  nowMs(): number
  /**
   * Runs a step in a transaction that begins with what is pending and due. Steps that come together share one.
   *
   * @param isDurable whether to resolve only once the write survives what the ledger is set up to survive.
   */
  push<Value>(step: (store: SessionTransaction) => Step<Value>, isDurable?: boolean): QueuedJob<Value>
  /** Runs a step that writes nothing. */
  read<Value>(step: (store: Reads) => Step<Value>): Answer<Value>
  /** Writes everything that is pending, where that needs no wait. Returns whether nothing of it is left. */
  flush(): boolean
  /** Schedules a write of everything pending, which is tried again until it succeeds. */
  soon(waitMs?: number): void
  /** Whether what is pending is still written when the process ends by itself. */
  readonly writesAtExit: boolean
  /** Writes what is pending and the end of the session, and closes the file or the connections. */
  close(): Promise<void>
}
