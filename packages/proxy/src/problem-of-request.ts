import { type HttpProblem, problemOf, RequestProblem } from '@bursar/local-server'
import { InvalidRequest } from '@bursar/translation'

/** Turns any error of a request into an HTTP answer, with what the translation rejects as a fault of the request. */
export function problemOfRequest(error: unknown): HttpProblem {
  if (!(error instanceof InvalidRequest)) return problemOf(error)
  const { status, code, message } = error
  return new RequestProblem({ status, code, message })
}
