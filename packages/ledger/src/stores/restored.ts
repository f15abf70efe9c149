import type { LedgerStatus } from '@bursar/core'
import { unavailableError } from '../errors.js'

/** What a ledger says of itself that stands where another stood, or where it was copied to. */
export function restoredStatus(reason: string): NonNullable<LedgerStatus['restored']> {
  return { reason: `${reason}; it must be compared with the chain first` }
}

/** Why nothing may be reserved in a ledger that comes from a backup. @param atMs when that was made. Unix milliseconds. */
export function backupReason(atMs: number): string {
  return `it was restored from a backup of ${new Date(atMs).toISOString()}`
}

/** The error of a ledger into which no backup can be restored: what it has would be lost. */
export function notEmptyError(): Error {
  return unavailableError('a backup is restored into an empty ledger, and this one has purchases')
}
