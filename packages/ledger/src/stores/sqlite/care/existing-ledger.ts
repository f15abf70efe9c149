import { existsSync } from 'node:fs'
import Database from 'libsql'
import { unavailableError } from '../../../errors.js'
import type { LedgerFile } from '../ledger-file.js'
import { SCHEMA_VERSION } from '../schema.js'

/** @throws {BursarError} `ledger/unavailable` when there is no file of a ledger. */
export function assertLedgerFile(path: string): void {
  if (!existsSync(path)) throw unavailableError(`there is no ${path}`)
}

/**
 * Opens the file of a ledger that is there, over a connection of its own.
 *
 * @throws {BursarError} `ledger/unavailable` when there is none, or it is of another version.
 */
export function openExisting(path: string): LedgerFile {
  assertLedgerFile(path)
  const file = new Database(path, { timeout: 0 })
  file.defaultSafeIntegers(true)
  const [row] = file.prepare('PRAGMA user_version').all() as { user_version: bigint }[]
  if (Number(row?.user_version ?? 0n) === SCHEMA_VERSION) return file
  file.close()
  throw unavailableError('its tables are not those of this version')
}
