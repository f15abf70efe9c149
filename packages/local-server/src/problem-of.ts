import { type BursarError, bursarErrorOf } from '@bursar/core'
import { HttpProblem } from './http-problem.js'

/** Of an error that nothing is known of. */
const UNKNOWN = 'service_unreachable'

/**
 * Turns any error into an HTTP answer that says what happened to the money. An unknown error, such as a bug of ours, is
 * 502 with the money state `unknown`.
 */
export function problemOf(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error
  const ours = bursarErrorOf(error)
  if (ours) {
    const { code, message, moneyState } = ours
    return new HttpProblem({
      status: statusOf(ours),
      code,
      message: `${message}${fundsAdvice(ours)}`,
      moneyState
    })
  }
  return new HttpProblem({
    status: 502,
    code: UNKNOWN,
    message:
      'The service could not be reached, or Bursar failed. It is not known whether anything was paid: bursar recover',
    moneyState: 'unknown'
  })
}

/** What a person can do who has started with an empty wallet. */
function fundsAdvice(error: BursarError): string {
  const refused = bursarErrorOf(error, 'payment/refused')
  if (!refused || !/insufficient|not.?enough|exceeds.?balance/i.test(refused.context.reason ?? '')) return ''
  const { symbol, payer, network } = refused.context
  return ` It says that the account ${payer} on ${network} holds too little ${symbol}: send some to it.`
}

function statusOf(error: BursarError): number {
  const { code } = error
  // A limit cannot hold for a model without a price, which the operator can give one: no client repeats a 400.
  if (code === 'price/unknown') return 400
  // Clients do not repeat a 402: the same request would be rejected again.
  if (/^(?:offer|price|ledger\/frozen|purchase|balance|payment\/refused)\b/.test(code)) return 402
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
export function isFreeToRepeat({ moneyState, code }: HttpProblem): boolean {
  return moneyState === 'none' || code.startsWith('payment/')
}

/** How a failure is told that was paid, or may have been: clients leave such a request alone. {@link ApiFormat.paidFailureStatus} */
export const PAID_FAILURE = 400

/**
 * The status that a client sees. Some repeat every 5xx for minutes, whatever its headers say: it is used only where nothing was
 * paid, where the same request may bring the answer that was, or where nothing at all is known.
 */
export function statusFor(problem: HttpProblem): number {
  const { status, code } = problem
  if (code === UNKNOWN || status < 500) return status
  return isFreeToRepeat(problem) && !isPaidFailure(problem) ? status : PAID_FAILURE
}

/** Whether the service was paid and said that it failed. An answer that was lost on its way may still be had. */
function isPaidFailure({ moneyState, code }: HttpProblem): boolean {
  return moneyState === 'settled' && code !== 'payment/settled-answer-lost'
}
