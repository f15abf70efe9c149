import { BUY_ANEW, type BursarError, bursarErrorOf } from '@bursar/core'
import { dataFolder } from './files/data-folder.js'
import type { Env } from './io.js'
import { systemWords } from './text/system-words.js'
import { UsageError } from './usage-error.js'

/** What people read about an error: one line, which begins with its code where it has one. */
export function errorText(error: unknown, env: Env): string {
  const known = knownOf(error)
  return `${known ? `${known.code}: ` : ''}${errorMessage(error, env)}\n`
}

/** What happened and what to do, in one line. */
export function errorMessage(error: unknown, env: Env): string {
  if (!(error instanceof Error)) return String(error)
  const known = knownOf(error)
  if (known) return forCommand(known.message) + hintFor(known, env)
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

function hintFor(error: BursarError, env: Env): string {
  if (error.code !== 'ledger/unavailable') return ''
  if (error.message.includes('must be compared with the chain')) return ' bursar reconcile compares it.'
  return ` The ledger is in ${dataFolder(env)}. BURSAR_HOME names another folder.`
}
