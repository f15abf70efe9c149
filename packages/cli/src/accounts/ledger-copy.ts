import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Ledger } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { copyForReading, sqliteLedger } from '@bursar/ledger/sqlite'
import { isAbsent } from '../files/is-absent.js'
import { systemWords } from '../text/system-words.js'
import { UsageError } from '../usage-error.js'

/** A copy of a record's file, which is there until it is removed, or the process ends. */
export interface FileCopy {
  readonly path: string
  remove(): void
}

/**
 * Copies the file of a record that can be read and not written.
 *
 * @throws {BursarError} `ledger/unavailable`
 * @throws {UsageError} when nothing can be written anywhere.
 */
export function copyLedgerFile(path: string): FileCopy {
  const folder = newFolder(path)
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true })
    process.off('exit', remove)
  }
  process.once('exit', remove)
  try {
    return { path: copyForReading({ path, folder }), remove }
  } catch (error) {
    remove()
    throw error
  }
}

function newFolder(path: string): string {
  try {
    return mkdtempSync(join(tmpdir(), 'bursar-reading-'))
  } catch (error) {
    const why = error instanceof Error ? `: ${systemWords(error)}` : ''
    throw new UsageError(
      `${path} cannot be written here, and no copy of it can be made in ${tmpdir()}${why}. TMPDIR names another folder`
    )
  }
}

/** A copy of a record, which closing removes. Empty where there is no file yet. */
export function openCopy(path: string): Ledger {
  if (isAbsent(path)) return memoryLedger()
  const copy = copyLedgerFile(path)
  const ledger = sqliteLedger({ path: copy.path })
  return {
    ...ledger,
    async close() {
      await ledger.close()
      copy.remove()
    }
  }
}

/** Whether a file that is there can be used as a record is, which writes beside it as well. */
export function mayWrite(path: string): boolean {
  try {
    for (const each of [path, dirname(path)]) accessSync(each, constants.W_OK)
    return true
  } catch {
    return false
  }
}
