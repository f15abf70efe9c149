import { unavailableError } from '../../errors.js'

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
  EROFS: 'its file or folder may not be written',
  ENOTDIR: 'its folder cannot be made',
  ENOENT: 'its folder cannot be made',
  ENOSPC: 'the disk is full'
}

/** What SQLite or the file system threw, in words; errors that are ours stay as they are. */
export function reasonFor(error: unknown): unknown {
  if (!isLibraryError(error)) return error
  const code = codeOf(error)
  const reason = reasons[error.code ?? ''] ?? reasons[code]
  return unavailableError(reason ?? (code || 'it does not open'), error)
}

/** Whether another program or connection has locked the file. */
export function isBusy(error: unknown): boolean {
  return isLibraryError(error) && codeOf(error) === 'SQLITE_BUSY'
}

/** libsql's own errors, and those of the file system. */
export function isLibraryError(error: unknown): error is Error & { readonly code?: string } {
  if (!(error instanceof Error)) return false
  const { name } = error
  return name === 'SqliteError' || name === 'Error'
}

/** The first part of an extended code: `SQLITE_IOERR` of `SQLITE_IOERR_FSYNC`. */
function codeOf({ code = '' }: { readonly code?: string }): string {
  return /^SQLITE_[A-Z]+/.exec(code)?.[0] ?? code
}
