import type { Reads } from '../steps/transaction.js'
import type { SessionTransaction } from './session-driver.js'

/** A transaction on a database that other machines reach as well. */
export interface DatabaseTransaction extends SessionTransaction {
  /** The number of the newest committed transaction of this session; 0 where there is none. */
  readonly written: number
}

/** Why a database did not do its work. */
export interface DatabaseFailure {
  /** The error for the callers. */
  readonly error: unknown
  /** Whether the same may succeed in a moment: the connection broke, or other writers came between. */
  readonly isPassing: boolean
  /** Whether it is what one step asked for that the database cannot do: other steps are none the worse for it. */
  readonly isOfStep?: boolean
}

/** A database that is reached over connections, any of which may break at any moment. */
export interface SessionDatabase {
  /** By the ledger's own clock, as far as that is known without a wait. Unix milliseconds. */
  nowMs(): number
  /**
   * Runs work in one transaction that no other writer comes between, and commits it together with its number.
   *
   * It begins only when every earlier transaction of this session is over, also one whose connection broke at its commit.
   * So its `written` says whether that one was committed.
   */
  transact<Value>(number: number, run: (store: DatabaseTransaction) => Promise<Value>): Promise<Value>
  /** Runs work that writes nothing. */
  read<Value>(run: (store: Reads) => Promise<Value>): Promise<Value>
  /** Reads what `transact` or `read` threw. Nothing for an error that is not the database's. */
  failureOf(error: unknown): DatabaseFailure | undefined
  close(): Promise<void>
}
