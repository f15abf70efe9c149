import { bursarErrorOf } from '@bursar/core'
import type { Progress } from './context.js'
import { OutputError } from './files/output-error.js'
import { isUnreachable } from './is-unreachable.js'
import { UsageError } from './usage-error.js'

/** What scripts can rely on. `bursar exit-codes` prints them. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  rejected: 3,
  paidWithoutAnswer: 4,
  unresolved: 5,
  discrepancies: 6,
  unreachable: 7,
  interrupted: 130
} as const

/** Errors of settings and files, whatever verb meets them. */
const usageCodes = /^(?:amount\/malformed|key\/|policy\/|server\/port-unavailable|asset\/unknown)/
/** Errors of limits and checks that reject a payment. */
const rejectionCodes =
  /^(?:offer\/|request\/(?:host-refused|insecure)|ledger\/frozen|price\/|purchase\/|balance\/insufficient)/

/**
 * The exit code of an error. What happened to the money decides first.
 *
 * @param progress `hasReserved`: whether money was reserved before it. An error that nothing is known of is 5 then.
 */
export function exitCodeOf(error: unknown, { hasReserved }: Pick<Progress, 'hasReserved'>): number {
  if (error instanceof UsageError) return exitCodes.usage
  if (error instanceof OutputError) return error.isPaid ? exitCodes.paidWithoutAnswer : exitCodes.failed
  const known = bursarErrorOf(error)
  if (!known) return hasReserved ? exitCodes.unresolved : codeOfUnknown(error)
  const { code, moneyState } = known
  // What was topped up is on the balance, and the call itself was rejected: the same command could pay for another top-up.
  if (code === 'balance/insufficient') return exitCodes.rejected
  if (moneyState === 'settled') return exitCodes.paidWithoutAnswer
  if (moneyState !== 'none' && moneyState !== 'reserved') return exitCodes.unresolved
  if (usageCodes.test(code)) return exitCodes.usage
  if (rejectionCodes.test(code)) return exitCodes.rejected
  return isUnreachable(known) ? exitCodes.unreachable : exitCodes.failed
}

function codeOfUnknown(error: unknown): number {
  return isUnreachable(error) ? exitCodes.unreachable : exitCodes.failed
}
