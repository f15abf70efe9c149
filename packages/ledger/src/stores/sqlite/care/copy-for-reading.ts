import { chmodSync, copyFileSync, existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { checkOptions, checkText } from '@bursar/core'
import { unavailableError } from '../../../errors.js'
import { markPath } from '../ledger-mark.js'
import { reasonFor } from '../sqlite-error.js'
import { assertLedgerFile } from './existing-ledger.js'

/** What is copied, and where to. */
export interface ReadableCopyOptions {
  /** The ledger's file. Required. @example { path: '/data/ledger.db', folder: '/run/user/1000/copy' } */
  readonly path: string
  /**
   * An empty folder, for your user alone, which you remove once the copy was read. Required.
   *
   * @example { path: '/data/ledger.db', folder: '/run/user/1000/copy' }
   */
  readonly folder: string
}

/** How often it is copied again that was written meanwhile. */
const TRIES = 10

/**
 * Copies a ledger's file for a user who may read it and not write it: SQLite opens no log whose folder it cannot write. What is
 * written into the copy is in no ledger: nothing may be paid, frozen or compared with the chain by it.
 *
 * @returns the file of the copy.
 * @example
 * ```ts
 * const copy = sqliteLedger({ path: copyForReading({ path: '/data/ledger.db', folder: '/run/user/1000/copy' }) })
 * ```
 * @throws {TypeError} when an option is unknown or malformed.
 * @throws {BursarError} `ledger/unavailable` when there is none, it cannot be read, or another process writes it all the time.
 */
export function copyForReading(options: ReadableCopyOptions): string {
  checkOptions<ReadableCopyOptions>(options, { path: checkText, folder: checkText })
  const { path, folder } = options
  assertLedgerFile(path)
  const to = join(folder, 'ledger.db')
  const files = [
    [path, to],
    [`${path}-wal`, `${to}-wal`],
    [markPath(path), markPath(to)]
  ] as const
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      const before = writtenState(path)
      for (const [from, copy] of files) {
        rmSync(copy, { force: true })
        if (!existsSync(from)) continue
        copyFileSync(from, copy)
        // It has the mode of the file, which may be read-only.
        chmodSync(copy, 0o600)
      }
      if (writtenState(path) === before) return to
    }
  } catch (error) {
    throw reasonFor(error)
  }
  throw unavailableError('another process writes its file all the time, so that it cannot be copied')
}

/**
 * A text that is another after each write to a ledger's file, such as when a copy of it is to be made anew. Also where there is
 * no file.
 *
 * @param path the ledger's file.
 */
export function writtenState(path: string): string {
  const states = [path, `${path}-wal`].map((each) => {
    const found = statSync(each, { bigint: true, throwIfNoEntry: false })
    return found ? `${found.ino} ${found.size} ${found.mtimeNs}` : 'none'
  })
  return states.join(', ')
}
