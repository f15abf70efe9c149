import type { ServerResponse } from 'node:http'
import type { ApiFormat } from './api-format.js'
import type { HttpProblem } from './http-problem.js'
import { isFreeToRepeat, statusFor } from './problem-of.js'

/** Answers a request with an error: as a status and a body, or inside a stream that has begun. */
export function sendProblem(response: ServerResponse, problem: HttpProblem, format: ApiFormat): void {
  if (response.headersSent) {
    response.end(format.errorEvent(problem))
    return
  }
  response
    .writeHead(statusIn(format, problem), {
      'content-type': 'application/json',
      'x-bursar-money': problem.moneyState,
      ...retryHeaders(problem)
    })
    .end(JSON.stringify(format.errorBody(problem)))
}

function statusIn({ limitStatus = 402 }: ApiFormat, problem: HttpProblem): number {
  const status = statusFor(problem)
  return status === 402 ? limitStatus : status
}

/** OpenAI's and Anthropic's clients obey these. */
function retryHeaders(problem: HttpProblem): Readonly<Record<string, string>> {
  if (problem.status === 429) return { 'retry-after': '1' }
  // Claude Code asks again for three minutes, with nothing on its screen, when only the token is wrong.
  return isFreeToRepeat(problem) && problem.status !== 401 ? {} : { 'x-should-retry': 'false' }
}
