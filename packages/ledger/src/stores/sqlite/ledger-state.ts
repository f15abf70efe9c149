import { unavailableError } from '../../errors.js'
import { damageOf } from './damage-of.js'
import type { LedgerFile } from './ledger-file.js'
import type { MarkedLedger } from './ledger-mark.js'
import { reasonFor } from './sqlite-error.js'

/** The ledger's own name, and how many purchases it has made. */
export function readOwnMark(file: LedgerFile): MarkedLedger {
  const [ledger] = file
    .prepare<{
      value: string
    }>("SELECT value FROM settings WHERE key = 'ledger'")
    .all()
  const [purchases] = file
    .prepare<{
      seq: bigint
    }>("SELECT seq FROM sqlite_sequence WHERE name = 'purchases'")
    .all()
  return { ledger: ledger?.value ?? '', purchases: Number(purchases?.seq ?? 0n) }
}

/**
 * Why a ledger is an older copy of itself, or another's: nothing is reserved in it until it was compared with the
 * chain.
 *
 * @param beside the mark beside the file, read before the file was. @param within the mark in the file itself.
 */
export function restoredReason(beside: MarkedLedger | undefined, within: MarkedLedger): string | undefined {
  if (!beside) return undefined
  if (beside.ledger !== within.ledger) return 'another file was put in its place'
  if (beside.purchases > within.purchases) return 'an older copy of its file was put in its place'
  return undefined
}

/**
 * Says within a copy that it is one.
 *
 * @param reason why nothing may be reserved in it. It stands in SQL, and has no quotation mark.
 */
export function markAsCopy(copy: Pick<LedgerFile, 'exec'>, reason: string): void {
  // A prepared statement would keep the connection open until it is collected.
  copy.exec(`INSERT OR REPLACE INTO settings VALUES ('restored', '${reason}')`)
}

/**
 * Checks a copy that was put in the place of a ledger, as long as it was not compared with the chain: files are damaged and cut on
 * their way. Any other file is not read whole.
 *
 * @param reason why it is known for a copy, by what stands beside it.
 * @throws {BursarError} `ledger/unavailable` when it is damaged. The file is closed, and stays as it was.
 */
export function assertCopyIsWhole(file: LedgerFile, reason: string | undefined): void {
  try {
    const marked = file.prepare("SELECT 1 FROM settings WHERE key = 'restored'").all()
    if (reason === undefined && marked.length === 0) return
    const [damage] = damageOf(file, 1)
    if (damage !== undefined)
      throw unavailableError(`its file is a copy that is damaged, and needs another in its place: ${damage}`)
  } catch (error) {
    file.close()
    throw reasonFor(error)
  }
}
