import type { Purchase, PurchaseEvent } from '@bursar/core'
import {
  LedgerSession,
  type ReadOptions,
  type Reads,
  type Step,
  type Store,
  type Transaction,
  TransactionQueue,
  type Undone,
  type WriteOptions
} from '@bursar/ledger/driver'
import { FileDriver } from './file-driver.js'
import type { SessionParts } from './session-parts.js'
import { SimulatedSessionDatabase } from './simulated-session-database.js'

/** As the stores have it by default. */
const TIMEOUT_MS = 10_000

/** What one process does on the file or database, for all its ledgers: the real session, over a driver of ours. */
export class SimulatedStore implements Store {
  readonly who: string
  readonly #session: LedgerSession

  constructor(parts: SessionParts) {
    const { client, clock, database, session } = parts
    this.who = client.name
    database.register(session, client)
    this.#session = new LedgerSession(clock, (hooks) =>
      database.kind === 'file'
        ? new FileDriver(parts, hooks)
        : new TransactionQueue(new SimulatedSessionDatabase(parts), hooks, { clock, timeoutMs: TIMEOUT_MS })
    )
  }

  write<Value>(step: (store: Transaction) => Step<Value>, options: WriteOptions = {}): Promise<Value> {
    return this.#session.write(step, options)
  }

  read<Value>(step: (store: Reads) => Step<Value>, options: ReadOptions = {}): Promise<Value> {
    return this.#session.read(step, options)
  }

  record(id: string, event: PurchaseEvent, options: WriteOptions = {}): Promise<Purchase> {
    return this.#session.record(id, event, { ...options, isDurable: true })
  }

  undo(undone: Undone): void {
    this.#session.undo(undone)
  }

  nowMs(): number {
    return this.#session.nowMs()
  }

  unwritten(): number {
    return this.#session.unwritten
  }

  close(): Promise<void> {
    return this.#session.close()
  }
}
