import type { JsonObject } from '@bursar/core'
import type { ProxyProblem } from './problem.js'

/** How an API tells what is not an answer. */
export interface Api {
  errorBody(problem: ProxyProblem): JsonObject
  /** An error of a stream that has begun. */
  errorEvent(problem: ProxyProblem): string
  /** What a stream says while there is nothing to say. */
  readonly keepAlive: string
}

/** OpenAI's. */
export const openaiApi: Api = {
  errorBody: ({ message, code, status }) => ({
    error: {
      message,
      type: status === 402 ? 'insufficient_quota' : 'invalid_request_error',
      param: null,
      code
    }
  }),
  errorEvent: (problem) => `data: ${JSON.stringify(openaiApi.errorBody(problem))}\n\n`,
  // A comment: readers of streams leave it out.
  keepAlive: ': waiting\n\n'
}

const anthropicTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error'
}

/** Anthropic's. */
export const anthropicApi: Api = {
  errorBody: ({ message, status }) => ({
    type: 'error',
    error: { type: anthropicTypes[status] ?? 'api_error', message }
  }),
  errorEvent: (problem) => `event: error\ndata: ${JSON.stringify(anthropicApi.errorBody(problem))}\n\n`,
  keepAlive: 'event: ping\ndata: {"type":"ping"}\n\n'
}
