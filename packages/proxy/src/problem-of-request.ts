import { BUY_ANEW } from '@bursar/core'
import { HttpProblem, problemOf, RequestProblem } from '@bursar/local-server'
import { InvalidRequest } from '@bursar/translation'

/** What code does by an option, a client does by its request. */
const buyAnewByRequest = 'by another request, or by this one with a new Idempotency-Key header'

/** Turns any error of a request into an HTTP answer, with what the translation rejects as a fault of the request. */
export function problemOfRequest(error: unknown): HttpProblem {
  if (error instanceof InvalidRequest) {
    const { status, code, message } = error
    return new RequestProblem({ status, code, message })
  }
  const problem = problemOf(error)
  if (!problem.message.includes(BUY_ANEW)) return problem
  const { status, code, message, moneyState } = problem
  return new HttpProblem({ status, code, message: message.replace(BUY_ANEW, buyAnewByRequest), moneyState })
}
