import type { CallRecord } from './call-record.js'

/** How long the result of a call waits for an equal call, when nobody was given it. */
export const TAKE_UP_MS = 86_400_000

/**
 * Calls of tools that spend. Of equal calls, one at most is open: the one whose result nobody was given. A result that was
 * delivered is kept for a while, for a model that asks about it again.
 */
export interface CallJournal {
  /** Begins a call. @returns its record, or that of the equal call that is open. */
  begin(record: CallRecord): Promise<CallRecord>
  /** Writes what is known of a call, unless it is not open any more. */
  update(record: CallRecord): Promise<void>
  /** Ends a call whose result was delivered: an equal call is a new one. */
  deliver(record: CallRecord): Promise<void>
  /** Forgets a call that bought nothing, or whose purchase the ledger resumes. */
  drop(record: CallRecord): Promise<void>
  /** Finds a call by its id, or by that of its job. */
  find(name: string): Promise<CallRecord | undefined>
}

/** Whether a call may still be taken up. */
export function isFresh({ startedAtMs }: CallRecord, nowMs: number): boolean {
  return nowMs - startedAtMs < TAKE_UP_MS
}

/** Whether a name is that of a call, or of its job. */
export function isNamed({ id, job }: CallRecord, name: string): boolean {
  return id === name || job === name
}
