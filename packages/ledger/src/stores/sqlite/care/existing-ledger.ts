import { existsSync } from 'node:fs'
import { unavailableError } from '../../../errors.js'
import { connect, type LedgerFile } from '../ledger-file.js'
import { SCHEMA_VERSION } from '../schema.js'
import { reasonFor } from '../sqlite-error.js'

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
  try {
    const file = connect(path)
    const [row] = file.prepare<{ user_version: bigint }>('PRAGMA user_version').all()
    if (Number(row?.user_version ?? 0n) === SCHEMA_VERSION) return file
    file.close()
  } catch (error) {
    throw reasonFor(error)
  }
  throw unavailableError('its tables are not those of this version')
}
