import { DatabaseSync } from 'node:sqlite'
import { nodeLibrary } from './node-sqlite.js'
import type { SqliteLibrary } from './sqlite-library.js'

/** What Deno brings: it needs no permission but to read and write the file. */
export const library: SqliteLibrary = nodeLibrary(DatabaseSync)
