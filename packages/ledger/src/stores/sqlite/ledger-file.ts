import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import Database from 'libsql'
import { unavailableError } from '../../errors.js'
import { migration, SCHEMA_VERSION } from './schema.js'

/** A prepared statement. libsql's `get` is not used: after one that failed, every later one is asked as it was then. */
export interface Statement {
  all(...values: readonly unknown[]): unknown[]
  run(...values: readonly unknown[]): { readonly changes: number | bigint }
}

/** An open file. */
export interface LedgerFile {
  prepare(sql: string): Statement
  exec(sql: string): void
  close(): void
}

/** How long another process's transaction is waited for. Ours take well under a millisecond. */
const BUSY_TIMEOUT_MS = 5_000

/** Where the ledger is when nobody says: `$BURSAR_HOME`, else the user's data folder. */
export function defaultPath(env: NodeJS.ProcessEnv = process.env): string {
  const home = env.BURSAR_HOME
  if (home) return join(home, 'ledger.db')
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'bursar', 'ledger.db')
}

/**
 * Opens a ledger's file, and makes it when there is none: for its owner's eyes only, safe for many processes.
 *
 * @throws {BursarError} `ledger/unavailable` when it cannot be opened, is damaged, or is of a later version.
 */
export function openLedgerFile(path: string): LedgerFile {
  try {
    if (path !== ':memory:') createPrivately(path)
    const file = new Database(path, { timeout: BUSY_TIMEOUT_MS })
    file.defaultSafeIntegers(true)
    file.exec('PRAGMA journal_mode = WAL')
    file.exec('PRAGMA secure_delete = ON')
    migrateFile(file)
    return file
  } catch (error) {
    throw reasonFor(error)
  }
}

/** Before SQLite does, so that at no moment others may read it. */
function createPrivately(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
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
  // In a transaction of its own that nobody can come between: two processes may open a new file at once.
  file.exec('BEGIN IMMEDIATE')
  try {
    const [row] = file.prepare('PRAGMA user_version').all() as { user_version: bigint }[]
    const version = Number(row?.user_version ?? 0n)
    if (version > schema.version) throw unavailableError('its file was written by a later version of Bursar')
    if (version < schema.version) file.exec(schema.from(version))
    file.exec('COMMIT')
  } catch (error) {
    file.exec('ROLLBACK')
    throw error
  }
}

const reasons: Readonly<Record<string, string>> = {
  SQLITE_BUSY: 'another program holds its file locked',
  SQLITE_LOCKED: 'another program holds its file locked',
  SQLITE_FULL: 'the disk is full',
  SQLITE_READONLY: 'its file or folder may not be written',
  SQLITE_CANTOPEN: 'its file cannot be opened',
  SQLITE_ERROR: 'its tables are not those of this version',
  SQLITE_NOTADB: 'its file is damaged, or is no ledger',
  SQLITE_CORRUPT: 'its file is damaged',
  SQLITE_IOERR: 'its disk fails',
  EACCES: 'its file or folder may not be written',
  EROFS: 'its file or folder may not be written',
  ENOTDIR: 'its folder cannot be made',
  ENOENT: 'its folder cannot be made',
  ENOSPC: 'the disk is full'
}

/** What SQLite or the file system threw, in words; errors that are ours stay as they are. */
export function reasonFor(error: unknown): unknown {
  if (!isForeign(error)) return error
  const code = /^SQLITE_[A-Z]+/.exec(error.code ?? '')?.[0] ?? error.code ?? ''
  return unavailableError(reasons[code] ?? (code || 'it does not open'), error)
}

/** libsql's own errors, and those of the file system. */
export function isForeign(error: unknown): error is Error & { readonly code?: string } {
  if (!(error instanceof Error)) return false
  const { name } = error
  return name === 'SqliteError' || name === 'Error'
}
