import { bursarErrorOf, type Ledger, lazyLedger } from '@bursar/core'
import type { CommandContext } from '../context.js'
import { isAbsent } from '../files/is-absent.js'
import { UsageError } from '../usage-error.js'
import type { FollowedCopies } from './followed-copies.js'
import { ledgerOf, ledgerPlace } from './open-ledger.js'

/** What the system and SQLite say of a file that cannot be written. */
const unwritable = /^(?:EACCES|EPERM|EROFS|ENOSPC|SQLITE_(?:READONLY|FULL|CANTOPEN|IOERR_SHM))/

/**
 * The record, to be looked at: where its file cannot be written, a copy of it. What is written into that is lost, so that it is
 * for verbs that write nothing.
 */
export function readingLedgerOf(context: CommandContext): Ledger {
  return lazyLedger(() =>
    openReadable(context, async (path) => (await import('./ledger-copy.js')).openCopy(path))
  )
}

/** As {@link readingLedgerOf}, for a verb that looks again and again: a copy is made anew when the record was written. */
export function openFollowedLedger(context: CommandContext): Promise<FollowedCopies> {
  return openReadable(context, async (path) => (await import('./followed-copies.js')).followedCopies(path))
}

type Looked = Pick<Ledger, 'status' | 'close'>

/** @param openCopy opens the copy of a file that cannot be written. */
async function openReadable<Copy extends Looked>(
  context: CommandContext,
  openCopy: (path: string) => Promise<Copy>
): Promise<Ledger | Copy> {
  const own = ledgerOf(context)
  try {
    await own.status()
    return own
  } catch (error) {
    const { path } = ledgerPlace(context)
    if (path === undefined || !isUnwritable(error)) throw error
    const copy = await readableCopy(() => openCopy(path), error)
    reportOnce(context, wordsOf(path))
    return copy
  }
}

/** @param error why the file itself cannot be used: it says more than what is wrong with its copy. */
async function readableCopy<Copy extends Looked>(open: () => Promise<Copy>, error: unknown): Promise<Copy> {
  let copy: Copy | undefined
  try {
    copy = await open()
    await copy.status()
    return copy
  } catch (failure) {
    await copy?.close().catch(() => {})
    throw failure instanceof UsageError ? failure : error
  }
}

function wordsOf(path: string): string {
  return isAbsent(path)
    ? `There is no ${path} yet, so that nothing was bought; and none can be made here, so that nothing can be paid.\n`
    : `${path} cannot be written here: a copy of it is read, and nothing can be paid or changed.\n`
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
