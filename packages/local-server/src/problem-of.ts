import { type BursarError, bursarErrorOf, httpStatusOf, retryAfterOf, UNKNOWN_FAILURE } from '@bursar/core'
import { HttpProblem } from './http-problem.js'

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
      status: httpStatusOf(ours),
      code,
      message: `${message}${fundsAdvice(ours)}`,
      moneyState,
      headers: retryAfterOf(ours)
    })
  }
  return new HttpProblem({
    status: 502,
    code: UNKNOWN_FAILURE,
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
