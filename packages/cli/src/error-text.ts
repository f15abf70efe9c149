import { BUY_ANEW, type BursarError, bursarErrorOf } from '@bursar/core'
import { systemWords } from './text/system-words.js'
import { UsageError } from './usage-error.js'

/**
 * What people read about an error: one line, which begins with its code where it has one.
 *
 * @param hint what else to do, as {@link ledgerHint} says.
 */
export function errorText(error: unknown, hint = ''): string {
  const known = knownOf(error)
  return `${known ? `${known.code}: ` : ''}${errorMessage(error, hint)}\n`
}

/** What happened and what to do, in one line. */
export function errorMessage(error: unknown, hint = ''): string {
  if (!(error instanceof Error)) return String(error)
  const known = knownOf(error)
  if (known) return forCommand(known.message) + hint
  const { cause, message } = error
  // A usage error already has the text of its cause.
  if (!(cause instanceof Error) || cause.message === '') return message
  const words = systemWords(cause)
  return [cause.message, words].some((text) => message.includes(text)) ? message : `${message}: ${words}`
}

/** What code does by an option, a command line does by another. */
function forCommand(message: string): string {
  return message.replace(BUY_ANEW, 'by another request, or by another --name of bursar pay')
}

function knownOf(error: unknown): BursarError | undefined {
  return error instanceof UsageError ? undefined : bursarErrorOf(error)
}
