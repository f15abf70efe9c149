import type { LedgerCallOptions, Purchase, PurchaseEvent } from '@bursar/core'
import type { Undone } from './replay-step.js'
import type { Step } from './step.js'
import type { Reads, Transaction } from './transaction.js'

/** How a step is written. */
export interface WriteOptions extends LedgerCallOptions {
  /**
   * Whether to resolve only once the write would survive what the ledger is set up to survive. Default: `false`,
   * once it is written.
   *
   * @example { isDurable: true }
   */
  readonly isDurable?: boolean | undefined
}

/** How a step is read. */
export interface ReadOptions extends LedgerCallOptions {
  /**
   * Which recent writes of this process the read may not see yet: the ends of calls (`answers`), or any
   * (`anything`). Default: it sees all.
   *
   * @example { mayMiss: 'answers' }
   */
  readonly mayMiss?: 'answers' | 'anything' | undefined
}

/** Where purchases are kept: runs steps, and decides nothing. */
export interface Store {
  /** Runs a step in one transaction that no other writer comes between. */
  write<Value>(step: (store: Transaction) => Step<Value>, options?: WriteOptions): Promise<Value>
  /** Runs a step that writes nothing. */
  read<Value>(step: (store: Reads) => Step<Value>, options?: ReadOptions): Promise<Value>
  /** Records an event, now or in the background. @throws {BursarError} `ledger/conflict`, `ledger/unavailable` */
  record(id: string, event: PurchaseEvent, options?: LedgerCallOptions): Promise<Purchase>
  /** Ends a purchase in the background, if it is there: its caller got an error instead of it, or gave up. */
  undo(undone: Undone): void
  /** By the ledger's own clock, as far as it is known without asking. */
  nowMs(): number
  /** Whether steps run on another machine, which has no keys: what is reserved there is signed here, after it. */
  readonly isElsewhere?: true | undefined
  /** A name for the writer, for people. */
  readonly who: string
  /** Events that are not written yet. */
  unwritten(): number
  close(): Promise<void>
}
