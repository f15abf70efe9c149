import {
  abortable,
  type Clock,
  type LedgerCallOptions,
  type Purchase,
  type PurchaseEvent,
  systemClock
} from '@bursar/core'
import { unavailableError } from '../../errors.js'
import { clockNumber } from '../../session/clock-number.js'
import { LedgerSession } from '../../session/ledger-session.js'
import { type Share, SharedSessions } from '../../session/shared-sessions.js'
import { TransactionQueue } from '../../session/transaction-queue.js'
import { whoWrites } from '../../session/who.js'
import type { Undone } from '../../steps/replay-step.js'
import type { Step } from '../../steps/step.js'
import type { ReadOptions, Store, WriteOptions } from '../../steps/store.js'
import type { Reads, Transaction } from '../../steps/transaction.js'
import { Connections } from './connections.js'
import { type DatabaseIdentity, noteHome, readIdentity } from './database-identity.js'
import { migrateTables } from './migrate-tables.js'
import { PostgresDatabase } from './postgres-database.js'
import { failureOf } from './postgres-error.js'

/** How a database is reached. */
export interface PostgresStoreOptions {
  readonly url: string
  readonly maxConnections: number
  readonly timeoutMs: number
  /** Absent: the database's own. */
  readonly clock: Clock | undefined
}

const sessions = new SharedSessions<LedgerSession>()

/** Keeps purchases in PostgreSQL. All that this process opens on one database share one session. */
export class PostgresStore implements Store {
  readonly who = whoWrites()
  readonly #options: PostgresStoreOptions
  #opening: Promise<Share<LedgerSession>> | undefined
  /** Once it is open. */
  #share: Share<LedgerSession> | undefined
  #isClosed = false

  constructor(options: PostgresStoreOptions) {
    this.#options = options
  }

  async write<Value>(step: (store: Transaction) => Step<Value>, options: WriteOptions = {}): Promise<Value> {
    return (await this.#session(options.signal)).write(step, options)
  }

  async read<Value>(step: (store: Reads) => Step<Value>, options: ReadOptions = {}): Promise<Value> {
    return (await this.#session(options.signal)).read(step, options)
  }

  async record(id: string, event: PurchaseEvent, options: LedgerCallOptions = {}): Promise<Purchase> {
    return (await this.#session(options.signal)).record(id, event, options)
  }

  /** What was never open has nothing to be undone. */
  undo(undone: Undone): void {
    this.#share?.session.undo(undone)
  }

  nowMs(): number {
    return this.#share?.session.nowMs() ?? (this.#options.clock ?? systemClock).nowMs()
  }

  unwritten(): number {
    return this.#share?.session.unwritten ?? 0
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const share = await this.#opening?.catch(() => undefined)
    this.#opening = undefined
    await share?.close()
  }

  async #session(signal: AbortSignal | undefined): Promise<LedgerSession> {
    if (this.#isClosed) throw unavailableError('it was closed')
    // One that does not open is tried again by the next who asks.
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = undefined
      throw failureOf(error)?.error ?? error
    })
    return (await abortable(this.#opening, signal)).session
  }

  async #open(): Promise<Share<LedgerSession>> {
    const { timeoutMs, clock } = this.#options
    const connections = await this.#connect()
    const opened = await prepare(connections).catch(async (error: unknown) => {
      await connections.close()
      throw error
    })
    connections.bind(opened)
    let isFirst = false
    const share = sessions.share(`${opened.key} ${clockNumber(clock)}`, () => {
      isFirst = true
      const local = clock ?? systemClock
      const database = new PostgresDatabase(connections, { local, ledger: clock })
      return new LedgerSession(
        local,
        (hooks) => new TransactionQueue(database, hooks, { clock: local, timeoutMs })
      )
    })
    if (!isFirst) await connections.close()
    this.#share = share
    return share
  }

  async #connect(): Promise<Connections> {
    const { url, maxConnections, timeoutMs } = this.#options
    const { default: pg } = await import('pg').catch((error: unknown) => {
      throw unavailableError('it needs the package pg, which is not there: npm install pg', error)
    })
    const pool = new pg.Pool({
      connectionString: url,
      max: maxConnections,
      connectionTimeoutMillis: timeoutMs,
      // The server ends a statement in time; should nothing come from there at all, this does.
      query_timeout: timeoutMs + 1_000,
      keepAlive: true,
      allowExitOnIdle: true
    })
    return new Connections(pool, timeoutMs)
  }
}

/** Makes or migrates the tables, and looks whether they are a copy. */
function prepare(connections: Connections): Promise<DatabaseIdentity> {
  return connections.write({ facts: 'SELECT 1' }, async (runner) => {
    await migrateTables(runner)
    const identity = await readIdentity(runner)
    await noteHome(runner, identity)
    return identity
  })
}
