import { createRequire } from 'node:module'
import { join } from 'node:path'
import { isFileError } from '@bursar/core/files'
import { reasonFor } from '../sqlite-error.js'
import { libsqlLibrary } from './libsql.js'
import { nodeLibrary } from './node-sqlite.js'
import type { SqliteLibrary } from './sqlite-library.js'

// A bundle of CommonJS has no URL: there, packages are found from the folder in which it was started.
const require = createRequire(import.meta.url ?? join(process.cwd(), 'bundle.js'))

/** `libsql`; where it has no binary for the platform, what Node brings. */
export const library: SqliteLibrary = load()

function load(): SqliteLibrary {
  try {
    return libsqlLibrary({ sync: require('libsql'), loadAsync: () => require('libsql/promise') })
  } catch (error) {
    try {
      return nodeLibrary(require('node:sqlite').DatabaseSync)
    } catch {
      // That of Node comes with version 22 only; what is wrong is that libsql does not load.
      throw isFileError(error, 'ERR_DLOPEN_DISABLED') ? reasonFor(error) : error
    }
  }
}
