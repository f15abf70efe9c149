import type { ServerResponse } from 'node:http'
import type { Api } from './api.js'
import { isFreeToRepeat, type ProxyProblem } from './problem.js'

/** Tells a client why it has no answer, also when its stream has begun. */
export function refuse(response: ServerResponse, problem: ProxyProblem, api: Api): void {
  if (response.headersSent) {
    response.end(api.errorEvent(problem))
    return
  }
  const { status, moneyState } = problem
  // OpenAI's and Anthropic's clients heed it.
  const again = isFreeToRepeat(problem) ? {} : { 'x-should-retry': 'false' }
  const retry = status === 429 ? { 'retry-after': '1' } : again
  response
    .writeHead(status, { 'content-type': 'application/json', 'x-bursar-money': moneyState, ...retry })
    .end(JSON.stringify(api.errorBody(problem)))
}
