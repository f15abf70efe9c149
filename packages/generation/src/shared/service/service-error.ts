import {
  BursarError,
  isNeverSent,
  type MoneyState,
  type ServiceErrorContext,
  systemCodeOf
} from '@bursar/core'
import { defined } from '../wire/defined.js'
import type { ServiceFailure } from './error-body.js'
import type { Operation } from './operation.js'

/** What every error of an operation says. */
export interface FailedOperation {
  /** The service's name. */
  readonly service: string
  readonly operation: Operation
  readonly moneyState: MoneyState
}

/**
 * The service did not answer, or answered with a redirect. `origin` is where it was asked. What was never sent was not
 * charged.
 */
export function unreachable(
  failed: FailedOperation & { readonly origin: string },
  cause: unknown
): BursarError<'service/unreachable'> {
  const { service, operation, origin } = failed
  const isUnsent = isNeverSent(cause)
  const moneyState = isUnsent && failed.moneyState === 'unknown' ? 'none' : failed.moneyState
  const why = isUnsent ? `, which cannot be reached (${systemCodeOf(cause)})` : ''
  return new BursarError('service/unreachable', {
    message: `${service}: ${operation.name} was not answered by ${origin}${why}.${moneySentences[moneyState]}`,
    context: { ...contextOf(failed), origin },
    moneyState,
    cause
  })
}

/** The service answered with something that is not of the documented shape. */
export function malformedAnswer(
  failed: FailedOperation & { readonly status: number },
  reason: string,
  cause?: unknown
): BursarError<'service/answer-malformed'> {
  const { service, operation, status, moneyState } = failed
  return new BursarError('service/answer-malformed', {
    message: `${service}: the answer to ${operation.name} cannot be read: ${reason}.${moneySentences[moneyState]}`,
    context: { ...contextOf(failed), status, reason },
    moneyState,
    cause
  })
}

/** The service answered with an error. */
export function refused(
  failed: FailedOperation & { readonly status: number },
  failure: ServiceFailure & { readonly retryAfterSeconds?: number | undefined }
): BursarError<'service/refused'> {
  const { service, operation, status, moneyState } = failed
  const reason = failure.reason ?? statusSentences[status]
  const what = `${operation.name} was answered with ${status}${reason ? ` (${reason})` : ''}`
  return new BursarError('service/refused', {
    message: `${service}: ${what}.${moneySentences[moneyState]}`,
    context: { ...contextOf(failed), status, ...defined(failure) },
    moneyState
  })
}

function contextOf({ service, operation: { name, requestId } }: FailedOperation): ServiceErrorContext {
  return { service, operation: name, ...defined({ requestId }) }
}

/** For statuses that come without words. */
const statusSentences: Readonly<Record<number, string>> = {
  401: 'the credentials are wrong or missing',
  402: 'it is not paid: the balance is too low, or the fetch does not pay',
  403: 'the credentials do not allow it',
  404: 'there is no such thing',
  429: 'too many requests'
}

const moneySentences: Readonly<Record<MoneyState, string>> = {
  none: ' Nothing was paid.',
  reserved: '',
  signed: '',
  sent: ' A payment was sent.',
  settled: ' It was paid for.',
  unknown: ' Whether it was charged is not known; look at the balance before sending it again.'
}
