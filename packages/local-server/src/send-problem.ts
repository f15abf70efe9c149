import type { ServerResponse } from 'node:http'
import { PAID_FAILURE, reportedStatus, retryHeaders } from '@bursar/core'
import type { ApiFormat } from './api-format.js'
import { HttpProblem } from './http-problem.js'

/** Answers a request with an error: as a status and a body, or inside a stream that has begun. What has ended is left as it is. */
export function sendProblem(response: ServerResponse, problem: HttpProblem, format: ApiFormat): void {
  // Node ends a program that writes behind the end of an answer.
  if (response.writableEnded) return
  if (response.headersSent) {
    response.end(format.errorEvent(problem))
    return
  }
  const shown = shownProblem(problem, format)
  response
    .writeHead(reportedStatus(problem, format), {
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
  return new HttpProblem({
    status: reportedStatus(problem, { paidFailureStatus }),
    code,
    message,
    moneyState
  })
}
