import type { ServerResponse } from 'node:http'
import { isFreeToRepeat, PAID_FAILURE, statusFor, toldStatus } from '@bursar/core'
import type { ApiFormat } from './api-format.js'
import { HttpProblem } from './http-problem.js'

/** Answers a request with an error: as a status and a body, or inside a stream that has begun. */
export function sendProblem(response: ServerResponse, problem: HttpProblem, format: ApiFormat): void {
  if (response.headersSent) {
    response.end(format.errorEvent(problem))
    return
  }
  const shown = shownProblem(problem, format)
  response
    .writeHead(toldStatus(problem, format), {
      'content-type': 'application/json',
      'x-bursar-money': shown.moneyState,
      ...retryHeaders(problem),
      ...problem.headers
    })
    .end(JSON.stringify(format.errorBody(shown)))
}

/** The problem with the status that its words are chosen by. */
function shownProblem(problem: HttpProblem, { paidFailureStatus = PAID_FAILURE }: ApiFormat): HttpProblem {
  const { code, message, moneyState } = problem
  const status = statusFor(problem)
  const isPaidFailure = status === PAID_FAILURE && moneyState !== 'none'
  return new HttpProblem({ status: isPaidFailure ? paidFailureStatus : status, code, message, moneyState })
}

/** OpenAI's and Anthropic's clients obey these. */
function retryHeaders(problem: HttpProblem): Readonly<Record<string, string>> {
  if (problem.status === 429) return { 'retry-after': '1' }
  // Claude Code asks again for three minutes, with nothing on its screen, when only the token is wrong.
  return isFreeToRepeat(problem) && problem.status !== 401 ? {} : { 'x-should-retry': 'false' }
}
