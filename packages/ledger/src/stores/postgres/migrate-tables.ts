import { unavailableError } from '../../errors.js'
import type { Runner } from './runner.js'
import { migration, SCHEMA_VERSION } from './schema.js'

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
