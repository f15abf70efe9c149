import type { Pool, PoolClient } from 'pg'
import { unavailableError } from '../../errors.js'
import { migration, SCHEMA_VERSION } from './schema.js'

/** Every writer holds this lock. The number is "bursar" in letters of the alphabet. */
const WRITERS = 218_211_918n

/** Where statements are run: a connection within a transaction, or the pool. */
export interface Runner {
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>
}

/** The database, with tables of the version that is known here. */
export interface Database extends Runner {
  /** Runs a transaction that no other writer comes between, on any machine. */
  transact<Value>(run: (runner: Runner) => Promise<Value>): Promise<Value>
  close(): Promise<void>
}

/** Connects, and makes or migrates the tables. */
export async function connect(pool: Pool): Promise<Database> {
  // A connection that breaks fails the call that uses it. The next call opens another.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const database: Database = {
    rows: (sql, values = []) => run(pool, sql, values),
    async transact(work) {
      const client = await pool.connect()
      let broken = true
      try {
        await client.query('BEGIN')
        await client.query('SELECT pg_advisory_xact_lock($1)', [String(WRITERS)])
        const value = await work({ rows: (sql, values = []) => run(client, sql, values) })
        await client.query('COMMIT')
        broken = false
        return value
      } catch (error) {
        broken = await client.query('ROLLBACK').then(
          () => false,
          () => true
        )
        throw error
      } finally {
        client.release(broken)
      }
    },
    close: () => pool.end()
  }
  await database.transact(migrateTables)
  return database
}

async function run<Row>(runner: Pool | PoolClient, sql: string, values: readonly unknown[]): Promise<Row[]> {
  const { rows } = await runner.query(sql, [...values])
  return rows as Row[]
}

/** The version that tables are brought to, and how. */
interface Schema {
  readonly version: number
  from(version: number): string
}

/** Brings tables to a version. @throws {BursarError} `ledger/unavailable` when they are of a later one. */
export async function migrateTables(
  runner: Runner,
  schema: Schema = { version: SCHEMA_VERSION, from: migration }
): Promise<void> {
  const [table] = await runner.rows<{ exists: boolean }>(
    "SELECT to_regclass('bursar_settings') IS NOT NULL AS exists"
  )
  const [row] = table?.exists
    ? await runner.rows<{ value: string }>("SELECT value FROM bursar_settings WHERE key = 'version'")
    : []
  const version = Number(row?.value ?? 0)
  if (version > schema.version) throw unavailableError('its tables were written by a later version of Bursar')
  if (version < schema.version) await runner.rows(schema.from(version))
}
