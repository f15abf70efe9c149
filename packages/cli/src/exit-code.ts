import { bursarErrorOf } from '@bursar/core'

/** What scripts can rely on, as `bursar --help` lists it. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  paidWithoutAnswer: 4,
  unresolved: 5
} as const

/** The list for the help. */
export const exitCodeHelp = `
Exit codes:
  0  done
  1  failed; nothing was paid
  2  the command line is wrong
  3  a limit or a check refused to pay
  4  paid, and the answer is lost or an error; the same again pays nothing
  5  a payment is out, or may be: bursar recover tells what became of it`

/** What an error comes to. */
export function exitCodeOf(error: unknown): number {
  // What the platform throws for a network that fails is a TypeError as well, with a cause.
  const ours = bursarErrorOf(error)
  if (!ours)
    return error instanceof TypeError && error.cause === undefined ? exitCodes.usage : exitCodes.failed
  const { moneyState, code } = ours
  if (code === 'amount/malformed') return exitCodes.usage
  if (moneyState === 'settled') return exitCodes.paidWithoutAnswer
  if (moneyState === 'none' || moneyState === 'reserved')
    return /^(?:offer\/|request\/host|ledger\/frozen|price\/|purchase\/)/.test(code)
      ? exitCodes.refused
      : exitCodes.failed
  return exitCodes.unresolved
}
