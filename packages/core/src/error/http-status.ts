import type { BursarError, MoneyState } from './bursar-error.js'
import { bursarErrorOf } from './bursar-error-of.js'

/** The code of an error that nothing is known of. */
export const UNKNOWN_FAILURE = 'service_unreachable'
/** The status of a failure that was paid, or may have been: clients leave such a request alone. */
export const PAID_FAILURE = 400
/** What a limit rejects: clients do not repeat it, since the same request would be rejected again. */
const LIMIT = 402

/** A failure, as far as it decides how it is reported over HTTP. */
export interface ReportedFailure {
  /** What it would be, were nothing said of money. */
  readonly status: number
  readonly code: string
  readonly moneyState: MoneyState
}

/** Statuses that the clients of an API do not repeat, where they are not those of all. */
export interface ApiStatuses {
  /** Of what a limit rejects. Default: 402. */
  readonly limitStatus?: number
  /** Of a failure that was paid, or may have been. Default: 400. */
  readonly paidFailureStatus?: number
}

/** Of OpenAI's Responses. Codex, which speaks nothing else, repeats a 402 five times. */
export const responsesStatuses: ApiStatuses = { limitStatus: 400 }

/**
 * Of Anthropic's Messages. Claude Code takes a 400 for what stands in its request, and asks up to five times more with less in it,
 * each of which would be another purchase.
 */
export const messagesStatuses: ApiStatuses = { paidFailureStatus: 402 }

/** The status of an error, were nothing said of money. */
export function httpStatusOf(error: BursarError): number {
  const { code } = error
  // A limit cannot hold for a model without a price, which the operator can give one: no client repeats a 400.
  if (code === 'price/unknown') return 400
  if (/^(?:offer|price|ledger\/frozen|purchase|balance|payment\/refused)\b/.test(code)) return LIMIT
  if (code === 'request/invalid') return 400
  if (code === 'request/host-refused' || code === 'request/redirected') return 403
  if (code.startsWith('ledger/')) return 503
  const refusal = bursarErrorOf(error, 'service/refused')
  return refusal ? statusOfService(refusal.context.status) : 502
}

/** A service that rejects our own credentials says nothing about the client's token. */
function statusOfService(status: number | undefined): number {
  return status === undefined || status === 401 || status === 403 || status >= 500 ? 502 : status
}

/** Whether the same request again costs nothing more: nothing was paid, or the ledger resumes what was signed. */
export function isFreeToRepeat({ moneyState, code }: Pick<ReportedFailure, 'moneyState' | 'code'>): boolean {
  return moneyState === 'none' || code.startsWith('payment/')
}

/**
 * The status that a client sees, before what its API has of its own. Some repeat every 5xx for minutes, whatever its headers say:
 * it is used only where nothing was paid, where the same request may bring the answer that was, or where nothing at all is known.
 */
function statusFor(failure: ReportedFailure): number {
  const { status, code } = failure
  if (code === UNKNOWN_FAILURE || status < 500) return status
  return isFreeToRepeat(failure) && !isPaidFailure(failure) ? status : PAID_FAILURE
}

/** The status that the client of an API sees. */
export function reportedStatus(
  failure: ReportedFailure,
  { limitStatus = LIMIT, paidFailureStatus = PAID_FAILURE }: ApiStatuses = {}
): number {
  const status = statusFor(failure)
  if (status === PAID_FAILURE && failure.moneyState !== 'none') return paidFailureStatus
  return status === LIMIT ? limitStatus : status
}

/** The service was paid and said that it failed. An answer that was lost on its way may still be had. */
function isPaidFailure({ moneyState, code }: ReportedFailure): boolean {
  return moneyState === 'settled' && code !== 'payment/settled-answer-lost'
}
