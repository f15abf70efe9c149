import { backup, DatabaseSync } from 'node:sqlite'
import { nodeLibrary } from './node-sqlite.js'
import { onThisThread, type SqliteLibrary } from './sqlite-library.js'

/** More than any ledger has: all pages are copied in one step, so that the copy is of one moment. */
const ALL_PAGES = 2 ** 31 - 1

const ofNode = nodeLibrary(DatabaseSync)

/** What Deno brings: it needs no permission but to read and write the file. */
export const library: SqliteLibrary = {
  ...ofNode,
  connectAside(path, timeoutMs) {
    const database = new DatabaseSync(path)
    database.exec(`PRAGMA busy_timeout = ${timeoutMs}`)
    // Without leave to read and write everything, Deno lets no other file be attached, as `VACUUM INTO` does.
    const copyInto = async (to: string): Promise<void> => {
      await backup(database, to, { rate: ALL_PAGES })
    }
    return { ...onThisThread(database), copyInto }
  }
}
