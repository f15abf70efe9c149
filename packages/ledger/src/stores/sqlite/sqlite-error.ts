import { isError } from '@bursar/core'
import { unavailableError } from '../../errors.js'

/** What the file needs under Node's permission model. Node 22.13 and later have a SQLite that is no addon. */
const PERMISSIONS =
  "Node's --permission forbids it: it needs --allow-fs-read and --allow-fs-write for its folder, and --allow-addons in Node 20"

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
  SQLITE_IOERR_SHMSIZE: 'the disk is full',
  EACCES: 'its file or folder may not be written',
  EPERM: 'its file or folder may not be written',
  EROFS: 'its file or folder may not be written',
  ENOTDIR: 'its folder cannot be made',
  ENOENT: 'its folder cannot be made',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of its disk is used up',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ERR_ACCESS_DENIED: PERMISSIONS,
  ERR_DLOPEN_DISABLED: PERMISSIONS
}

/** SQLite's numbers of the codes above: that of Node gives numbers, and the others give names. */
const names: Readonly<Record<number, string>> = {
  1: 'SQLITE_ERROR',
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  26: 'SQLITE_NOTADB',
  4874: 'SQLITE_IOERR_SHMSIZE'
}

/** SQLite's own words for some of them: Deno's library tells them alone where it runs a text of statements. */
const words: Readonly<Record<string, string>> = {
  'database is locked': 'SQLITE_BUSY',
  'database table is locked': 'SQLITE_LOCKED',
  'attempt to write a readonly database': 'SQLITE_READONLY',
  'disk I/O error': 'SQLITE_IOERR',
  'database disk image is malformed': 'SQLITE_CORRUPT',
  'database or disk is full': 'SQLITE_FULL',
  'unable to open database file': 'SQLITE_CANTOPEN',
  'file is not a database': 'SQLITE_NOTADB'
}

/** An error of a SQLite library or of the file system. */
interface LibraryError extends Error {
  readonly code?: string
  /** Of Node's library. */
  readonly errcode?: number
}

/** What SQLite or the file system threw, in words; errors that are ours stay as they are. */
export function reasonFor(error: unknown): unknown {
  if (isDenied(error))
    return unavailableError(`${error.message.slice(0, 200)}. Deno needs ${FLAGS} for its file`, error)
  if (!isLibraryError(error)) return error
  const code = codeOf(error)
  const reason = reasons[code] ?? reasons[primary(code)]
  return unavailableError(reason ?? (primary(code) || 'it does not open'), error)
}

/** What the file needs under Deno. */
const FLAGS = '--allow-read --allow-write'

/** What Deno throws where a permission is missing. Its message names the file, and nothing that is secret. */
function isDenied(error: unknown): error is Error {
  return isError(error) && error.name === 'NotCapable'
}

/** Whether another program or connection has locked the file. */
export function isBusy(error: unknown): boolean {
  return isLibraryError(error) && primary(codeOf(error)) === 'SQLITE_BUSY'
}

/** Errors of the SQLite libraries, and those of the file system. */
export function isLibraryError(error: unknown): error is LibraryError {
  if (!isError(error)) return false
  const { name } = error
  return name === 'SqliteError' || name === 'SQLiteError' || name === 'Error'
}

function codeOf({ code = '', errcode, message }: LibraryError): string {
  if (errcode === undefined) return code.startsWith('SQLITE_') ? code : (words[message] ?? code)
  // The lower byte of an extended code is the code that it extends.
  return names[errcode] ?? names[errcode & 0xff] ?? code
}

/** The first part of an extended code: `SQLITE_IOERR` of `SQLITE_IOERR_FSYNC`. */
function primary(code: string): string {
  return /^SQLITE_[A-Z]+/.exec(code)?.[0] ?? code
}
