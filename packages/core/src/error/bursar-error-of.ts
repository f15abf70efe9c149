import { findAlongCause, isBranded } from './brand.js'
import type { BursarError } from './bursar-error.js'
import type { ErrorCode } from './error-codes.js'

/**
 * Finds the {@link BursarError} in what was thrown: the value itself, or the first along its `cause`, where SDKs keep
 * what their `fetch` threw. With a code: only when it has that code. Works across copies and versions of the package.
 *
 * @example
 * ```ts
 * try {
 *   await openai.chat.completions.create({ model: 'grok-4-3', messages })
 * } catch (error) {
 *   const rejection = bursarErrorOf(error, 'offer/over-limit')
 *   if (!rejection) throw error
 *   console.log(rejection.context.limit, rejection.moneyState)
 * }
 * ```
 */
export function bursarErrorOf<Code extends ErrorCode>(
  error: unknown,
  code: Code
): BursarError<Code> | undefined
export function bursarErrorOf(error: unknown): BursarError | undefined
export function bursarErrorOf(error: unknown, code?: ErrorCode): BursarError | undefined {
  const found = findAlongCause(error, isErrorOfOurs)
  return found && (code === undefined || found.code === code) ? found : undefined
}

/**
 * Says whether what was thrown is a {@link BursarError} or has one along its `cause`, and, given a code, whether it
 * has that code. It narrows no type, since what was thrown may be another library's error: {@link bursarErrorOf} gives
 * the error with its context.
 */
export function isBursarError(error: unknown, code?: ErrorCode): boolean {
  const found = bursarErrorOf(error)
  return found !== undefined && (code === undefined || found.code === code)
}

function isErrorOfOurs(value: unknown): value is BursarError {
  return isBranded(value)
}
