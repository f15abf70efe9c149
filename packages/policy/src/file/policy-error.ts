import { BursarError, isError } from '@bursar/core'

/**
 * Says that a policy cannot be read. Nothing is paid then: what cannot be read may hold a limit.
 *
 * @param path of the file.
 */
export function policyError(path: string, reason: string, cause?: unknown): BursarError<'policy/unreadable'> {
  return new BursarError('policy/unreadable', {
    message: `The policy ${path} cannot be used: ${reason}. Nothing is paid until it is repaired.`,
    context: { path, reason },
    moneyState: 'none',
    cause
  })
}

/**
 * Says that a policy was not changed: what it said still holds.
 *
 * @param path of the file.
 */
export function unchangedError(
  path: string,
  reason: string,
  cause: unknown
): BursarError<'policy/unreadable'> {
  return new BursarError('policy/unreadable', {
    message: `The policy ${path} was not changed: ${reason}.`,
    context: { path, reason },
    moneyState: 'none',
    cause
  })
}

/** The words of an error of the file system, or of our own. */
export function reasonOf(error: unknown): string {
  return isError(error) ? error.message : String(error)
}
