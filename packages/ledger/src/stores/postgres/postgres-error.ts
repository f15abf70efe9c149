import { isBursarError, isError, systemCodeOf } from '@bursar/core'
import { unavailableError } from '../../errors.js'
import type { DatabaseFailure } from '../../session/session-database.js'

/** PostgreSQL's own codes, or the first two characters of them, which name a class. */
const reasons: Readonly<Record<string, string>> = {
  '22': 'its database cannot keep a text as it is',
  '28': 'its database does not accept the user or the password',
  '3D': 'its database does not exist',
  '42': 'its tables are not those of this version, or may not be used by this user',
  '54': 'its database keeps no text of that length',
  '53': 'its database has no room left, on the disk or for another connection',
  '0A': 'its database does not do what a ledger needs: it may be a standby, which takes no writes',
  '25006': 'its database takes no writes, as a standby does',
  '55P03': 'another process holds its database locked'
}

/**
 * What may go well in a moment: a connection that broke (08), a transaction that the database refused for what others did
 * meanwhile (40), one that stood still (25P03) or went on (25P04) for too long, a server that ends or begins (57P01 to 57P05),
 * or that has no connection left (53300).
 */
const PASSING = /^(08...|40...|25P0[34]|57P0\d|53300)$/

/** What is about the values of a statement (22), and about their length (54). */
const OF_STEP = /^(?:22|54)/

/** A commit that the database answered with a rollback. It is handled as a serialization failure. */
export class RolledBackError extends Error {
  readonly code = '40001'
  readonly severity = 'ERROR'
}

/** Another database answers where this session's did. */
export class OtherDatabaseError extends Error {}

/** A server answers that repeats what another has committed, and may be behind. The next connection may lead to that one. */
export class StandbyError extends Error {
  constructor() {
    super('its URL leads to a standby, which may be behind')
  }
}

/** Reads what the package `pg`, or the network under it, threw. Nothing for an error that is not theirs. */
export function failureOf(error: unknown): DatabaseFailure | undefined {
  if (isBursarError(error)) return { error, isPassing: false }
  if (error instanceof OtherDatabaseError) return { error: unavailableError(error.message), isPassing: false }
  if (error instanceof StandbyError) return { error: unavailableError(error.message), isPassing: true }
  if (!isForeign(error)) return undefined
  const code = sqlStateOf(error)
  const reason = code === undefined ? undefined : (reasons[code] ?? reasons[code.slice(0, 2)])
  return {
    error: unavailableError(reason ?? unansweredReason(error), error),
    isPassing: code === undefined || PASSING.test(code),
    isOfStep: code !== undefined && OF_STEP.test(code)
  }
}

/** With the code of the system, such as ECONNREFUSED, where there is one. The URL is shown nowhere. */
function unansweredReason(error: Error): string {
  const code = systemCodeOf(error)
  return `its database does not answer${code === undefined ? '' : ` (${code})`}`
}

/** Whether the connection is still good: our own step failed, or the server refused a statement. */
export function leavesConnection(error: unknown): boolean {
  return !isForeign(error) || error.severity === 'ERROR'
}

interface ForeignError extends Error {
  readonly code?: unknown
  readonly severity?: unknown
}

/** A fault of our own is a TypeError or the like. */
function isForeign(error: unknown): error is ForeignError {
  return isError(error) && ['Error', 'error', 'AggregateError'].includes(error.name)
}

/** Nothing for what the network says, such as ECONNRESET. */
function sqlStateOf({ code }: ForeignError): string | undefined {
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code) ? code : undefined
}
