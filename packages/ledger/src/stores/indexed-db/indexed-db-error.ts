import { unavailableError } from '../../errors.js'
import type { DatabaseFailure } from '../../session/session-database.js'

const reasons: Readonly<Record<string, string>> = {
  QuotaExceededError: 'the browser gives this site no more storage',
  VersionError: 'its database was written by a later version of Bursar: reload the page',
  SecurityError: 'the browser lets this page store nothing',
  NotFoundError: 'its database is not one of this version'
}

/** What may succeed in a moment: the browser closed the connection, or its storage failed. */
const passing: ReadonlySet<string> = new Set([
  'AbortError',
  'InvalidStateError',
  'TransactionInactiveError',
  'UnknownError'
])

/** Reads what IndexedDB threw. Nothing for an error that is not its. */
export function failureOf(error: unknown): DatabaseFailure | undefined {
  if (!(error instanceof DOMException)) return undefined
  const { name } = error
  const reason = reasons[name] ?? `the browser's database failed (${name})`
  return { error: unavailableError(reason, error), isPassing: passing.has(name) }
}
