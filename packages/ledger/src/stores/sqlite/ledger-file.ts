import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeFolderSync } from '@bursar/core/files'
import { library } from '#sqlite'
import { unavailableError } from '../../errors.js'
import { waitSync } from '../../session/wait-sync.js'
import { mustSqliteSync } from './own-sync.js'
import { migration, SCHEMA_VERSION } from './schema.js'
import { isBusy, reasonFor } from './sqlite-error.js'

/** A prepared statement. Integers are read as `bigint`. libsql's `get` is not used: after a failed call it repeats the old parameters. */
export interface Statement<Row = unknown> {
  all(...values: readonly unknown[]): Row[]
  run(...values: readonly unknown[]): { readonly lastInsertRowid: number | bigint }
}

/** An open file. It never waits for a lock: a locked file throws at once. */
export interface LedgerFile {
  /** @typeParam Row what the statement reads. */
  prepare<Row = unknown>(sql: string): Statement<Row>
  exec(sql: string): void
  close(): void
}

/**
 * Creates the ledger's file before SQLite does, so that other users cannot read it at any moment.
 *
 * @throws {BursarError} `ledger/unavailable` when that cannot be done.
 */
export function createPrivately(path: string): void {
  try {
    makeFolderSync(dirname(path), 0o700)
    // An existing file is not opened: closing it would release SQLite's locks on it in this process.
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
    // Somebody else's folder stays open to whom it was open.
    if (statSync(path).isDirectory()) throw unavailableError('its path is a folder')
    chmodSync(path, 0o600)
  } catch (error) {
    throw reasonFor(error)
  }
}

/**
 * Opens a ledger's file, safe for many processes, and makes its tables.
 *
 * @throws {BursarError} `ledger/unavailable` when it cannot be opened, is damaged, or is of a later version.
 */
export function openLedgerFile(path: string): LedgerFile {
  try {
    const file = connect(path)
    // Waits only while another process creates the same file.
    untilFree(() => {
      file.exec('PRAGMA journal_mode = WAL')
      migrateFile(file)
    })
    file.exec('PRAGMA secure_delete = ON')
    file.exec(`PRAGMA synchronous = ${mustSqliteSync() ? 'FULL' : 'NORMAL'}`)
    // Copying the log into the file waits for the disk, so the checkpointer does it off this thread. This limit is for
    // the case that it fails.
    file.exec('PRAGMA wal_autocheckpoint = 16000')
    return file
  } catch (error) {
    throw reasonFor(error)
  }
}

/** Opens a connection. */
export function connect(path: string): LedgerFile {
  return library.connect(path)
}

/** Until when the making of a new file by another process is waited for: under load, eight of them take a second. */
const CREATION_TIMEOUT_MS = 5_000
const TRY_AGAIN_MS = 5

function untilFree(run: () => void): void {
  const deadlineMs = performance.now() + CREATION_TIMEOUT_MS
  for (;;) {
    try {
      run()
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadlineMs) throw error
      waitSync(TRY_AGAIN_MS)
    }
  }
}

/** The version that a file is brought to, and how. */
interface Schema {
  readonly version: number
  from(version: number): string
}

/** Brings a file to a version of its tables. @throws {BursarError} `ledger/unavailable` when it is of a later one. */
export function migrateFile(
  file: LedgerFile,
  schema: Schema = { version: SCHEMA_VERSION, from: migration }
): void {
  if (versionOf(file) === schema.version) return
  // In an exclusive transaction, since two processes may open a new file at once.
  file.exec('BEGIN IMMEDIATE')
  try {
    const version = versionOf(file)
    if (version > schema.version) throw unavailableError('its file was written by a later version of Bursar')
    if (version < schema.version) file.exec(schema.from(version))
    file.exec('COMMIT')
  } catch (error) {
    rollBack(file)
    throw error
  }
}

/** SQLite has already rolled back what failed because the disk is full, and refuses to do it again. */
export function rollBack(file: Pick<LedgerFile, 'exec'>): void {
  try {
    file.exec('ROLLBACK')
  } catch {
    // The error that comes from the transaction says what is wrong.
  }
}

function versionOf(file: LedgerFile): number {
  const [row] = file.prepare<{ user_version: bigint }>('PRAGMA user_version').all()
  return Number(row?.user_version ?? 0n)
}
