import { randomUUID } from 'node:crypto'
import type { Clock } from '@bursar/core'
import type { DatabaseFailure, DatabaseTransaction, SessionDatabase } from '../../session/session-database.js'
import type { Reads } from '../../steps/transaction.js'
import type { Connections, FirstRow } from './connections.js'
import { noteLoss } from './database-identity.js'
import { failureOf } from './postgres-error.js'
import { SESSIONS_KEPT_MS } from './postgres-sessions.js'
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
  /** The newest transaction that the database acknowledged. */
  #committed = { number: 0, atMs: 0 }

  constructor(connections: Connections, clocks: DatabaseClocks) {
    this.#connections = connections
    this.#clocks = clocks
  }

  nowMs(): number {
    const { local, ledger } = this.#clocks
    return ledger ? ledger.nowMs() : local.nowMs() + this.#aheadMs
  }

  async transact<Value>(number: number, run: (store: DatabaseTransaction) => Promise<Value>): Promise<Value> {
    const last = `UPDATE bursar_sessions SET written = ${number} WHERE id = '${this.#session}'`
    const value = await this.#connections.write({ facts: this.#facts(), last }, async (runner, facts) => {
      const transaction = this.#transaction(runner, facts)
      if (this.#hasLost(transaction)) {
        await noteLoss(runner)
        // It may be lost itself, and is to be found the next time.
        await transaction.noteSession('working')
      }
      return run(transaction)
    })
    this.#committed = { number, atMs: this.nowMs() }
    return value
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

  /** Whether the database has acknowledged a transaction of this session and does not have it any more. */
  #hasLost({ written, nowMs }: PostgresTransaction): boolean {
    const { number, atMs } = this.#committed
    // A session that has written nothing for long may have been forgotten.
    return written < number && nowMs - atMs < SESSIONS_KEPT_MS / 2
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
