import { isBursarError, isJsonObject } from '@bursar/core'
import { unavailableError } from '../../errors.js'
import { decode } from '../wire.js'
import type { BackupRow } from './backup-row.js'
import { CheckedLines } from './checked-lines.js'
import { BACKUP_VERSION, type BackupHeader } from './write-backup.js'

/** A backup that is whole. */
export interface Backup {
  /** When it was made. Unix milliseconds. */
  readonly atMs: number
  rows(): Iterable<BackupRow>
}

/**
 * Reads a backup, whose every line must be as it was written, and whose end must be there. Nothing is restored before.
 *
 * @throws {BursarError} `ledger/unavailable` when it is none, was damaged or cut (`reason` names the line), or is of another
 * version.
 */
export function readBackup(bytes: Uint8Array): Backup {
  const lines = new TextDecoder().decode(bytes).trimEnd().split('\n')
  const header = parse(lines[0])
  if (!isHeader(header)) throw unavailableError('that is no backup of a ledger, or its line 1 is damaged')
  if (header.version !== BACKUP_VERSION)
    throw unavailableError('its backup was written by another version of Bursar')
  const checked = new CheckedLines()
  const objects = lines.map((line, index) => {
    const object = checked.open(line)
    if (object === undefined) throw unavailableError(`line ${index + 1} of its backup is damaged, or was cut`)
    return object
  })
  const rows = objects.slice(1, -1)
  const end = parse(objects.at(-1))
  if (!isJsonObject(end) || end.rows !== rows.length)
    throw unavailableError(`its backup was cut after line ${lines.length}`)
  return { atMs: header.atMs, rows: () => readRows(rows) }
}

/** The error of a row that no store writes. Errors that say where the money is stay as they are. */
export function backupError(error: unknown): unknown {
  return isBursarError(error) ? error : unavailableError('its backup holds what no ledger does', error)
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
