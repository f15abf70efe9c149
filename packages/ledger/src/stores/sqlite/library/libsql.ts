import type Database from 'libsql'
import type AsyncDatabase from 'libsql/promise'
import type { LedgerFile } from '../ledger-file.js'
import { copyStatement, type SqliteLibrary } from './sqlite-library.js'

/** The package `libsql`, whose binary comes with it. */
interface Libsql {
  readonly sync: typeof Database
  /** Loaded with the first long work: to find its binary it looks through the whole process once more, which takes 4 ms. */
  readonly loadAsync: () => typeof AsyncDatabase
}

/** SQLite as the package `libsql` has it. */
export function libsqlLibrary({ sync, loadAsync }: Libsql): SqliteLibrary {
  return {
    connect(path) {
      const database = new sync(path, { timeout: 0 })
      database.defaultSafeIntegers(true)
      // libsql does not know what a statement reads; the caller that prepares one says it.
      return database as LedgerFile
    },
    connectAside(path, timeoutMs) {
      const AsideDatabase = loadAsync()
      const database = new AsideDatabase(path, { timeout: timeoutMs })
      return {
        async exec(sql) {
          await database.exec(sql)
        },
        async copyInto(to) {
          await database.exec(copyStatement(to))
        },
        async close() {
          await database.close()
        }
      }
    }
  }
}
