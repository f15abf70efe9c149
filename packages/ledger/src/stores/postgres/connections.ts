import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg'
import { type DatabaseIdentity, readIdentity } from './database-identity.js'
import { leavesConnection, OtherDatabaseError, RolledBackError, StandbyError } from './postgres-error.js'
import type { Runner } from './runner.js'

/** Every writer holds this lock. The number is "bursar" in letters of the alphabet. */
const WRITERS = 218_211_918n

/**
 * For how long a transaction of ours may stand still between two statements: the server then ends it, so that a machine that
 * sleeps in the middle holds up nobody for longer.
 */
const STILL_MS = 3_000

/** Whether the server only repeats what another commits. */
const STANDBY = 'SELECT pg_is_in_recovery() AS standby'

/** The first row of the facts that a transaction begins with. */
export type FirstRow = Readonly<Record<string, unknown>>

/** What is done within a transaction. */
type Work<Value> = (runner: Runner, facts: FirstRow) => Promise<Value>

/** How a transaction begins and ends, in SQL of one message each. */
interface Frame {
  readonly begin: string
  readonly end: string
}

/** The connections of one session. Every transaction brings its own settings, and depends on none of the server's. */
export class Connections {
  readonly #pool: Pool
  readonly #timeoutMs: number
  readonly #checked = new WeakSet<PoolClient>()
  #identity: DatabaseIdentity | undefined

  constructor(pool: Pool, timeoutMs: number) {
    this.#pool = pool
    this.#timeoutMs = timeoutMs
    // The transaction on a connection that breaks fails by itself; the pool opens another for the next.
    pool.on('error', () => {})
    pool.on('connect', (client) => client.on('error', () => {}))
  }

  /** From now on every new connection must lead to this database. */
  bind(identity: DatabaseIdentity): void {
    this.#identity = identity
  }

  /**
   * Runs work in a transaction that no other writer comes between, on any machine.
   *
   * @param facts a query whose first row is handed to the work. @param last is run with the commit.
   */
  write<Value>(
    { facts, last = '' }: { readonly facts: string; readonly last?: string },
    work: Work<Value>
  ): Promise<Value> {
    // The lock is taken before anything is read: at this level each statement sees what was committed before it.
    const begin =
      `BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; ${this.#settings()}; ` +
      "SELECT set_config('synchronous_commit', 'local', true) WHERE current_setting('synchronous_commit') = 'off'; " +
      `SELECT pg_advisory_xact_lock(${WRITERS}); ${facts}`
    return this.#transact({ begin, end: `${last}; COMMIT` }, work)
  }

  /** Runs work that writes nothing, and sees the database as it is at one moment. */
  read<Value>(facts: string, work: Work<Value>): Promise<Value> {
    // A pooler may lead each transaction to another server. A standby refuses to begin one that writes.
    const begin = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${STANDBY}; ${this.#settings()}; ${facts}`
    return this.#transact({ begin, end: 'COMMIT' }, work)
  }

  close(): Promise<void> {
    return this.#pool.end()
  }

  async #transact<Value>({ begin, end }: Frame, work: Work<Value>): Promise<Value> {
    const client = await this.#take()
    let isClean = false
    try {
      const begun = await runFrame(client, begin)
      if (begun.some(({ rows: [row] }) => row?.standby)) throw new StandbyError()
      const value = await work(runnerOf(client), begun.at(-1)?.rows[0] ?? {})
      const ended = await runFrame(client, end)
      // In a transaction that has failed, PostgreSQL answers COMMIT by rolling back, and calls that no error.
      if (ended.at(-1)?.command !== 'COMMIT') throw new RolledBackError('The transaction was rolled back')
      isClean = true
      return value
    } catch (error) {
      isClean = await this.#rollBack(client, error)
      throw error
    } finally {
      // A connection whose transaction may still go on must not be used again.
      client.release(!isClean)
    }
  }

  /** Returns whether the connection can run another transaction. */
  async #rollBack(client: PoolClient, error: unknown): Promise<boolean> {
    if (!leavesConnection(error)) return false
    return client.query('ROLLBACK').then(
      () => true,
      () => false
    )
  }

  async #take(): Promise<PoolClient> {
    const client = await this.#pool.connect()
    if (!this.#identity || this.#checked.has(client)) return client
    try {
      const { key } = await readIdentity(runnerOf(client))
      if (key !== this.#identity.key) throw new OtherDatabaseError('its URL leads to another database by now')
      this.#checked.add(client)
      return client
    } catch (error) {
      client.release(true)
      throw error
    }
  }

  #settings(): string {
    return [
      `SET LOCAL statement_timeout = ${this.#timeoutMs}`,
      `SET LOCAL lock_timeout = ${this.#timeoutMs}`,
      `SET LOCAL idle_in_transaction_session_timeout = ${STILL_MS}`,
      // Of PostgreSQL 17 and later. Each statement has its own limit.
      "SELECT set_config('transaction_timeout', '0', true) WHERE current_setting('transaction_timeout', true) <> '0'"
    ].join('; ')
  }
}

type StatementResult = Pick<QueryResult<FirstRow>, 'command' | 'rows'>

/** Runs several statements as one message, and returns the result of each. The types of `pg` know only one. */
async function runFrame(client: PoolClient, sql: string): Promise<readonly StatementResult[]> {
  const results: StatementResult | readonly StatementResult[] = await client.query<FirstRow>(sql)
  return [results].flat()
}

function runnerOf(client: PoolClient): Runner {
  return {
    rows: async <Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []) => {
      const { rows } = await client.query<Row>(sql, [...values])
      return rows
    }
  }
}
