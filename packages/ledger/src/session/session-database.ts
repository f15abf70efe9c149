import type { Reads } from '../steps/transaction.js'
import type { SessionTransaction } from './session-driver.js'

/** A transaction on a database that other machines reach as well. */
export interface DatabaseTransaction extends SessionTransaction {
  /** The number of the newest transaction of this session that holds; nought where there is none. */
  readonly written: number
}

/** What a database refused, or failed at. */
export interface DatabaseFailure {
  /** For the callers. */
  readonly error: unknown
  /** The same may go well in a moment: the connection broke, or others came between. */
  readonly isPassing: boolean
}

/** A database that is reached over connections, any of which may break at any moment. */
export interface SessionDatabase {
  /** By the ledger's own clock, as far as that is known without a wait. Unix milliseconds. */
  nowMs(): number
  /**
   * Runs work in one transaction that no other writer comes between, and commits it together with its number.
   *
   * It begins only when every earlier transaction of this session is over, also one whose connection broke at its commit:
   * so its `written` tells whether that one holds.
   */
  transact<Value>(number: number, run: (store: DatabaseTransaction) => Promise<Value>): Promise<Value>
  /** Runs work that writes nothing. */
  read<Value>(run: (store: Reads) => Promise<Value>): Promise<Value>
  /** Reads what either of them threw. Nothing for an error that is not the database's. */
  failureOf(error: unknown): DatabaseFailure | undefined
  close(): Promise<void>
}
