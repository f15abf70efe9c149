import { isBursarError, isJsonObject } from '@bursar/core'
import { unavailableError } from '../../errors.js'
import { decode } from '../wire.js'
import type { BackupRow } from './backup-row.js'
import { BACKUP_VERSION, type BackupHeader } from './write-backup.js'

/** A backup that is whole. */
export interface Backup {
  /** When it was made. Unix milliseconds. */
  readonly atMs: number
  rows(): Iterable<BackupRow>
}

/**
 * Reads a backup, whose end must be there.
 *
 * @throws {BursarError} `ledger/unavailable` when it is none, was cut, or is of a later version.
 */
export function readBackup(bytes: Uint8Array): Backup {
  const lines = new TextDecoder().decode(bytes).trimEnd().split('\n')
  const header = parse(lines[0])
  if (!isHeader(header)) throw damaged()
  if (header.version !== BACKUP_VERSION)
    throw unavailableError('its backup was written by a later version of Bursar')
  const end = parse(lines.at(-1))
  const rows = lines.slice(1, -1)
  if (!isJsonObject(end) || end.rows !== rows.length) throw damaged()
  return { atMs: header.atMs, rows: () => readRows(rows) }
}

/** The error of a row that is not as it was written. Errors that say where the money is stay as they are. */
export function backupError(error: unknown): unknown {
  return isBursarError(error) ? error : damaged(error)
}

function* readRows(lines: readonly string[]): Generator<BackupRow> {
  for (const line of lines) yield decode(line) as BackupRow
}

function isHeader(value: unknown): value is Omit<BackupHeader, 'version'> & { readonly version: number } {
  return isJsonObject(value) && value.bursar === 'ledger' && typeof value.atMs === 'number'
}

function parse(line = ''): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function damaged(cause?: unknown): Error {
  return unavailableError('its backup is damaged, was cut, or is none', cause)
}
