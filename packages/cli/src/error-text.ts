import { type BursarError, bursarErrorOf } from '@bursar/core'
import { dataFolder } from './files/data-folder.js'
import type { Env } from './io.js'
import { UsageError } from './usage-error.js'

/** What people read about an error. */
export function errorText(error: unknown, env: Env): string {
  if (!(error instanceof Error)) return `${String(error)}\n`
  const known = error instanceof UsageError ? undefined : bursarErrorOf(error)
  if (known) return `${known.code}: ${known.message}${hintFor(known, env)}\n`
  const { cause, message } = error
  // A usage error already has the text of its cause.
  const isNews = cause instanceof Error && !message.includes(cause.message)
  return isNews ? `${message}: ${cause.message}\n` : `${message}\n`
}

function hintFor({ code }: BursarError, env: Env): string {
  if (code !== 'ledger/unavailable') return ''
  return ` The ledger is in ${dataFolder(env)}. BURSAR_HOME names another folder.`
}
