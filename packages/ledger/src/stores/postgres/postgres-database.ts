import { randomUUID } from 'node:crypto'
import type { Clock } from '@bursar/core'
import type { DatabaseFailure, DatabaseTransaction, SessionDatabase } from '../../session/session-database.js'
import type { Reads } from '../../steps/transaction.js'
import type { Connections, FirstRow } from './connections.js'
import { failureOf } from './postgres-error.js'
import { PostgresTransaction } from './postgres-transaction.js'
import type { Runner } from './runner.js'

/** A session's clock. */
export interface DatabaseClocks {
  /** The machine's own. */
  readonly local: Clock
  /** What the ledger goes by. Absent: the database's own. */
  readonly ledger: Clock | undefined
}

/** A PostgreSQL database, as one session reaches it. */
export class PostgresDatabase implements SessionDatabase {
  readonly #connections: Connections
  readonly #clocks: DatabaseClocks
  readonly #session = randomUUID()
  /** By how much the database's clock is ahead of the machine's. */
  #aheadMs = 0

  constructor(connections: Connections, clocks: DatabaseClocks) {
    this.#connections = connections
    this.#clocks = clocks
  }

  nowMs(): number {
    const { local, ledger } = this.#clocks
    return ledger ? ledger.nowMs() : local.nowMs() + this.#aheadMs
  }

  transact<Value>(number: number, run: (store: DatabaseTransaction) => Promise<Value>): Promise<Value> {
    const last = `UPDATE bursar_sessions SET written = ${number} WHERE id = '${this.#session}'`
    return this.#connections.write({ facts: this.#facts(), last }, (runner, facts) =>
      run(this.#transaction(runner, facts))
    )
  }

  read<Value>(run: (store: Reads) => Promise<Value>): Promise<Value> {
    return this.#connections.read(this.#facts(), (runner, facts) => run(this.#transaction(runner, facts)))
  }

  failureOf(error: unknown): DatabaseFailure | undefined {
    return failureOf(error)
  }

  close(): Promise<void> {
    return this.#connections.close()
  }

  /** Read with every begin: the database's time, and the newest transaction of the session that holds. */
  #facts(): string {
    return (
      'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000) AS now, ' +
      `(SELECT written FROM bursar_sessions WHERE id = '${this.#session}') AS written`
    )
  }

  #transaction(runner: Runner, { now, written }: FirstRow): PostgresTransaction {
    const { local, ledger } = this.#clocks
    this.#aheadMs = Number(now) - local.nowMs()
    const nowMs = ledger ? ledger.nowMs() : Number(now)
    return new PostgresTransaction(runner, { id: this.#session, nowMs, written: Number(written ?? 0) })
  }
}
