import { Database } from 'bun:sqlite'
import type { LedgerFile } from '../ledger-file.js'
import { onThisThread, type SqliteLibrary } from './sqlite-library.js'

/** SQLite as Bun brings it. */
export const library: SqliteLibrary = {
  connect: (path) => fileOf(open(path)),
  connectAside(path, timeoutMs) {
    const database = open(path)
    database.run(`PRAGMA busy_timeout = ${timeoutMs}`)
    return onThisThread(fileOf(database))
  }
}

function open(path: string): Database {
  return new Database(path, { create: true, readwrite: true, safeIntegers: true })
}

function fileOf(database: Database): LedgerFile {
  return {
    prepare<Row>(sql: string) {
      const statement = database.prepare<Row>(sql)
      return {
        all: (...values) => statement.all(...values.flat()),
        run: (...values) => statement.run(...values.flat())
      }
    },
    exec: (sql) => void database.run(sql),
    close: () => database.close()
  }
}
