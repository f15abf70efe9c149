import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { LedgerFile, Statement } from '../ledger-file.js'
import { onThisThread, type SqliteLibrary } from './sqlite-library.js'

/** SQLite as Node (from 22.13) and Deno bring it. */
export function nodeLibrary(Database: typeof DatabaseSync): SqliteLibrary {
  return {
    connect: (path) => fileOf(new Database(path)),
    connectAside(path, timeoutMs) {
      const database = new Database(path)
      database.exec(`PRAGMA busy_timeout = ${timeoutMs}`)
      return onThisThread(database)
    }
  }
}

function fileOf(database: DatabaseSync): LedgerFile {
  return {
    prepare: <Row>(sql: string) => statementOf<Row>(database.prepare(sql)),
    exec: (sql) => database.exec(sql),
    close: () => database.close()
  }
}

function statementOf<Row>(statement: StatementSync): Statement<Row> {
  statement.setReadBigInts(true)
  return {
    // The values may come in a list.
    all: (...values) => statement.all(...values.flat()) as Row[],
    run: (...values) => statement.run(...values.flat())
  }
}
