import { bursarErrorOf } from '@bursar/core'
import type { Progress } from './context.js'
import { OutputError } from './files/output-error.js'
import { UsageError } from './usage-error.js'

/** What scripts can rely on. `bursar --help` lists them. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  rejected: 3,
  paidWithoutAnswer: 4,
  unresolved: 5,
  discrepancies: 6
} as const

/** The list for the help. */
export const exitCodeHelp = `
Exit codes:
  0  done
  1  failed, and nothing was paid; doctor, balance: something is not well
  2  the command line, a setting or a file of the command is wrong
  3  a limit or a check rejects the payment; quote: would reject it
  4  paid, and the answer is lost or an error; the same command pays no more
  5  a payment is in flight, or something may be charged: see bursar recover
  6  reconcile: the record and the chains do not agree
130  interrupted, and nothing is in flight or charged; else 4 or 5`

/** Errors of settings and files, whatever verb meets them. */
const usageCodes = /^(?:amount\/malformed|key\/|server\/port-unavailable)/
/** Errors of limits and checks that reject a payment. */
const rejectionCodes =
  /^(?:offer\/|request\/(?:host-refused|insecure)|ledger\/frozen|price\/|purchase\/|balance\/insufficient)/

/**
 * The exit code of an error.
 *
 * @param progress `hasReserved`: whether money was reserved before it. An error that nothing is known of is 5 then.
 */
export function exitCodeOf(error: unknown, { hasReserved }: Pick<Progress, 'hasReserved'>): number {
  if (error instanceof UsageError) return exitCodes.usage
  if (error instanceof OutputError) return error.isPaid ? exitCodes.paidWithoutAnswer : exitCodes.failed
  const known = bursarErrorOf(error)
  if (!known) return hasReserved ? exitCodes.unresolved : exitCodes.failed
  const { code, moneyState } = known
  if (usageCodes.test(code)) return exitCodes.usage
  // What was topped up is on the balance, and the call itself was rejected: the same command could pay for another top-up.
  if (code === 'balance/insufficient') return exitCodes.rejected
  if (moneyState === 'settled') return exitCodes.paidWithoutAnswer
  if (moneyState !== 'none' && moneyState !== 'reserved') return exitCodes.unresolved
  return rejectionCodes.test(code) ? exitCodes.rejected : exitCodes.failed
}
