import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bursarErrorOf, type Ledger, lazyLedger } from '@bursar/core'
import type { CommandContext } from '../context.js'
import { ledgerOf, ledgerPlace } from './open-ledger.js'

/** What the system and SQLite say of a file that cannot be written. */
const unwritable = /^(?:EACCES|EPERM|EROFS|ENOSPC|SQLITE_(?:READONLY|FULL|CANTOPEN|IOERR_SHM))/

/**
 * The record, to be looked at: where its file cannot be written, a copy of it. What is written into that is lost, so that it is
 * for verbs that write nothing.
 */
export function readingLedgerOf(context: CommandContext): Ledger {
  const removals: (() => void)[] = []
  const ledger = lazyLedger(async () => {
    const own = ledgerOf(context)
    try {
      await own.status()
      return own
    } catch (error) {
      const { path } = ledgerPlace(context)
      if (path === undefined || !isUnwritable(error)) throw error
      return copied(context, { path, error, removals })
    }
  })
  return {
    ...ledger,
    async close() {
      await ledger.close()
      for (const remove of removals) remove()
    }
  }
}

/** What is copied, and why. */
interface Copying {
  readonly path: string
  /** Why the file itself cannot be used. */
  readonly error: unknown
  readonly removals: (() => void)[]
}

async function copied(context: CommandContext, { path, error, removals }: Copying): Promise<Ledger> {
  const { copyForReading, sqliteLedger } = await import('@bursar/ledger/sqlite')
  const folder = mkdtempSync(join(tmpdir(), 'bursar-reading-'))
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true })
    process.off('exit', remove)
  }
  process.once('exit', remove)
  removals.push(remove)
  try {
    const ledger = sqliteLedger({ path: copyForReading({ path, folder }) })
    reportOnce(
      context,
      `${path} cannot be written here: a copy of it is read, and nothing can be paid or changed.\n`
    )
    return ledger
  } catch {
    // What is wrong with the file itself says more.
    throw error
  }
}

/** Once, however often a verb opens the record. */
function reportOnce({ err, progress }: CommandContext, text: string): void {
  if (!progress.isCopyReported) err(text)
  progress.isCopyReported = true
}

function isUnwritable(error: unknown): boolean {
  const cause = bursarErrorOf(error, 'ledger/unavailable')?.cause
  return typeof cause === 'object' && cause !== null && 'code' in cause && unwritable.test(String(cause.code))
}
