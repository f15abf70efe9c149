import { isBursarError } from '@bursar/core'
import {
  type DatabaseFailure,
  type DatabaseTransaction,
  type Reads,
  type SessionDatabase,
  unavailableError
} from '@bursar/ledger/driver'
import type { SessionParts } from './session-parts.js'
import { StoreFailure } from './simulated-database.js'

/** The database as one session reaches it: what PostgreSQL stands behind in the product. */
export class SimulatedSessionDatabase implements SessionDatabase {
  readonly #parts: SessionParts

  constructor(parts: SessionParts) {
    this.#parts = parts
  }

  nowMs(): number {
    const { database, client } = this.#parts
    return database.nowMs(client)
  }

  transact<Value>(number: number, run: (store: DatabaseTransaction) => Promise<Value>): Promise<Value> {
    const { database, client, session } = this.#parts
    return database.transact(client, { session, isDurable: true, number, run })
  }

  read<Value>(run: (store: Reads) => Promise<Value>): Promise<Value> {
    const { database, client, session } = this.#parts
    return database.read(client, session, run)
  }

  failureOf(error: unknown): DatabaseFailure | undefined {
    if (isBursarError(error)) return { error, isPassing: false }
    if (!(error instanceof StoreFailure)) return undefined
    return { error: unavailableError(error.message, error), isPassing: true }
  }

  async close(): Promise<void> {}
}
