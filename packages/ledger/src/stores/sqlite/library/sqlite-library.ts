import type { LedgerFile } from '../ledger-file.js'

/**
 * A SQLite library, as the store uses it. One process uses one library: two copies in a process that open the same file undo
 * each other's locks.
 */
export interface SqliteLibrary {
  /** Opens a connection, which never waits for a lock. */
  connect(path: string): LedgerFile
  /** Opens a connection for long work. */
  connectAside(path: string, timeoutMs: number): AsideConnection
}

/** A connection for long work. It runs beside this thread where the library can do that. */
export interface AsideConnection {
  exec(sql: string): Promise<void>
  /** Copies the database, as it is at one moment, into an empty file. */
  copyInto(path: string): Promise<void>
  close(): Promise<void>
}

/** What the libraries that come with a runtime have in common. They work on this thread only. */
interface SameThreadFile {
  exec(sql: string): void
  close(): void
}

/** Long work on this thread. */
export function onThisThread(file: SameThreadFile): AsideConnection {
  return {
    async exec(sql) {
      file.exec(sql)
    },
    async copyInto(path) {
      file.exec(copyStatement(path))
    },
    async close() {
      file.close()
    }
  }
}

/** Copies a database in SQL. */
export function copyStatement(path: string): string {
  return `VACUUM INTO '${path.replaceAll("'", "''")}'`
}
