import type { ServerResponse } from 'node:http'
import type { ApiFormat } from './api-format.js'
import { HttpProblem } from './http-problem.js'
import { isFreeToRepeat, PAID_FAILURE, statusFor } from './problem-of.js'

/** Answers a request with an error: as a status and a body, or inside a stream that has begun. */
export function sendProblem(response: ServerResponse, problem: HttpProblem, format: ApiFormat): void {
  if (response.headersSent) {
    response.end(format.errorEvent(problem))
    return
  }
  const told = toldIn(format, problem)
  response
    .writeHead(told.status === 402 ? (format.limitStatus ?? 402) : told.status, {
      'content-type': 'application/json',
      'x-bursar-money': told.moneyState,
      ...retryHeaders(problem)
    })
    .end(JSON.stringify(format.errorBody(told)))
}

/** The problem with the status that its words are chosen by. */
function toldIn({ paidFailureStatus = PAID_FAILURE }: ApiFormat, problem: HttpProblem): HttpProblem {
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
