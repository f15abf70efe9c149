import type { BursarError } from './bursar-error.js'
import { bursarErrorOf } from './bursar-error-of.js'
import { isFreeToRepeat, type ReportedFailure } from './http-status.js'

/** By what the clients of OpenAI and Anthropic know whether to repeat a failure by themselves. Others look at the status alone. */
export function retryHeaders(failure: ReportedFailure): Readonly<Record<string, string>> {
  // Claude Code asks again for three minutes, with nothing on its screen, when only the token is wrong.
  if (!isFreeToRepeat(failure) || failure.status === 401) return { 'x-should-retry': 'false' }
  return failure.status === 429 ? { 'retry-after': '1' } : {}
}

/** The header that says when a service wants to be asked again, where it said so. */
export function retryAfterOf(error: BursarError): Readonly<Record<string, string>> {
  const seconds = bursarErrorOf(error, 'service/refused')?.context.retryAfterSeconds
  return seconds === undefined ? {} : { 'retry-after': String(seconds) }
}
