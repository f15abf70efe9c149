import type Database from 'libsql'
import type AsyncDatabase from 'libsql/promise'
import type { LedgerFile } from '../ledger-file.js'
import { copyStatement, type SqliteLibrary } from './sqlite-library.js'

/** The package `libsql`, whose binary comes with it. */
interface Libsql {
  readonly sync: typeof Database
  readonly async: typeof AsyncDatabase
}

/** SQLite as the package `libsql` has it. */
export function libsqlLibrary({ sync, async }: Libsql): SqliteLibrary {
  return {
    connect(path) {
      const database = new sync(path, { timeout: 0 })
      database.defaultSafeIntegers(true)
      // libsql does not know what a statement reads; the caller that prepares one says it.
      return database as LedgerFile
    },
    connectAside(path, timeoutMs) {
      const database = new async(path, { timeout: timeoutMs })
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
