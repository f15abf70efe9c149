import { StandbyError } from './postgres-error.js'
import type { Runner } from './runner.js'

/** What identifies a ledger's database, whatever its URL looks like. */
export interface DatabaseIdentity {
  readonly key: string
}

interface IdentityRow {
  readonly database: string | null
  readonly tables: string | null
  readonly ledger: string | null
  readonly standby: boolean
}

/**
 * Reads which database a connection leads to: the system's own identifier where the server tells it, the database's and the
 * tables' numbers, the name that the ledger gave itself, and the transaction that wrote the name. A copy differs in its
 * numbers, a replacement in its name. Rows that were put back into the same tables were written by another transaction.
 *
 * @throws {StandbyError} A standby has the identity of its primary, and may be behind it.
 */
export async function readIdentity(runner: Runner): Promise<DatabaseIdentity> {
  const [row] = await runner.rows<IdentityRow>(
    `SELECT (SELECT oid FROM pg_database WHERE datname = current_database())::text AS database,
       to_regclass('bursar_settings')::oid::text AS tables,
       (SELECT value || ' ' || xmin::text FROM bursar_settings WHERE key = 'ledger') AS ledger,
       pg_is_in_recovery() AS standby`
  )
  if (row?.standby) throw new StandbyError()
  const key = [await systemIdentifier(runner), row?.database, row?.tables, row?.ledger].join(' ')
  return { key }
}

/**
 * Keeps the identity within the tables. Tables that come from elsewhere were restored from a dump, or copied: they may be older
 * than what was paid, so that nothing is reserved until they were compared with the chain.
 */
export async function noteHome(runner: Runner, { key }: DatabaseIdentity): Promise<void> {
  const [home] = await runner.rows<{ value: string }>("SELECT value FROM bursar_settings WHERE key = 'home'")
  if (home?.value === key) return
  if (home) await noteRestored(runner, 'its tables were restored from a dump, or copied')
  await runner.rows(
    `INSERT INTO bursar_settings VALUES ('home', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [key]
  )
}

/**
 * Keeps that the database has lost what it had committed, as a standby has that is promoted without the last transactions of the
 * server before it: nothing is reserved until it was compared with the chain.
 */
export function noteLoss(runner: Runner): Promise<void> {
  return noteRestored(runner, 'its database has lost what it had committed')
}

async function noteRestored(runner: Runner, reason: string): Promise<void> {
  await runner.rows("INSERT INTO bursar_settings VALUES ('restored', $1) ON CONFLICT (key) DO NOTHING", [
    reason
  ])
}

/** Some hosted servers do not let their users ask. */
async function systemIdentifier(runner: Runner): Promise<string> {
  const [allowed] = await runner.rows<{ allowed: boolean }>(
    "SELECT has_function_privilege('pg_control_system()', 'EXECUTE') AS allowed"
  )
  if (!allowed?.allowed) return ''
  const [row] = await runner.rows<{ system: string }>(
    'SELECT system_identifier::text AS system FROM pg_control_system()'
  )
  return row?.system ?? ''
}
