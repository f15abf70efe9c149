import { randomUUID } from 'node:crypto'
import { type Clock, isBursarError, type Purchase, type PurchaseEvent } from '@bursar/core'
import { conflictError, unavailableError } from '../../errors.js'
import { HEARTBEAT_MS } from '../../rules/liveness.js'
import { whoWrites } from '../../session/who.js'
import { recordStep } from '../../steps/record-step.js'
import { resolveOrphans } from '../../steps/resolve-orphans.js'
import { runAsync, type Step } from '../../steps/step.js'
import type { Store } from '../../steps/store.js'
import type { Reads, Transaction } from '../../steps/transaction.js'
import { connect, type Database, type Runner } from './database.js'
import { forgetOldSessions, noteSession } from './postgres-sessions.js'
import { PostgresTransaction } from './postgres-transaction.js'

/** How a database is reached. */
export interface PostgresStoreOptions {
  readonly url: string
  readonly maxConnections: number
  readonly timeoutMs: number
  /** Absent: the database's own. */
  readonly clock: Clock | undefined
}

/** Keeps purchases in PostgreSQL. */
export class PostgresStore implements Store {
  readonly who = whoWrites()
  readonly #options: PostgresStoreOptions
  readonly #session = randomUUID()
  #opening: Promise<Database> | undefined
  #beating: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(options: PostgresStoreOptions) {
    this.#options = options
  }

  write<Value>(step: (store: Transaction) => Step<Value>): Promise<Value> {
    return this.#reach((database) =>
      database.transact(async (runner) => runAsync(step(await this.#transaction(runner))))
    )
  }

  read<Value>(step: (store: Reads) => Step<Value>): Promise<Value> {
    return this.#reach(async (database) => runAsync(step(await this.#transaction(database))))
  }

  async record(id: string, event: PurchaseEvent): Promise<Purchase> {
    const recorded = await this.write((store) => recordStep(store, id, event))
    if ('purchase' in recorded) return recorded.purchase
    throw conflictError(id, recorded.conflict, event.type)
  }

  undo(): void {}

  unwritten(): number {
    return 0
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const database = await this.#opening?.catch(() => undefined)
    clearInterval(this.#beating)
    this.#opening = undefined
    await database?.transact((runner) => this.#noteSession(runner, true)).catch(() => {})
    await database?.close()
  }

  async #open(): Promise<Database> {
    const { url, maxConnections, timeoutMs } = this.#options
    const { default: pg } = await import('pg')
    const pool = new pg.Pool({
      connectionString: url,
      max: maxConnections,
      connectionTimeoutMillis: timeoutMs,
      statement_timeout: timeoutMs,
      query_timeout: timeoutMs,
      allowExitOnIdle: true
    })
    const database = await connect(pool)
    const beat = (): Promise<void> => database.transact((runner) => this.#noteSession(runner, false))
    await beat()
    await database.transact(async (runner) => {
      const transaction = await this.#transaction(runner)
      await forgetOldSessions(runner, transaction.nowMs)
      await runAsync(resolveOrphans(transaction))
    })
    this.#beating = setInterval(() => void beat().catch(() => {}), HEARTBEAT_MS).unref()
    return database
  }

  async #transaction(runner: Runner): Promise<PostgresTransaction> {
    return new PostgresTransaction(runner, this.#session, await this.#now(runner))
  }

  async #noteSession(runner: Runner, hasEnded: boolean): Promise<void> {
    await noteSession(runner, { id: this.#session, nowMs: await this.#now(runner), hasEnded })
  }

  async #now(runner: Runner): Promise<number> {
    const { clock } = this.#options
    if (clock) return clock.nowMs()
    const [row] = await runner.rows<{ now: string }>(
      'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000) AS now'
    )
    return Number(row?.now)
  }

  async #reach<Value>(ask: (database: Database) => Promise<Value>): Promise<Value> {
    if (this.#isClosed) throw unavailableError('it was closed')
    try {
      this.#opening ??= this.#open()
      return await ask(await this.#opening)
    } catch (error) {
      if (isBursarError(error)) throw error
      if (await hasFailed(this.#opening)) this.#opening = undefined
      throw unavailableError('its database does not answer', error)
    }
  }
}

async function hasFailed(opening: Promise<unknown> | undefined): Promise<boolean> {
  return opening === undefined
    ? false
    : opening.then(
        () => false,
        () => true
      )
}
