import type { ApiStatuses, JsonObject } from '@bursar/core'
import type { HttpProblem } from './http-problem.js'

/** How an API writes errors, and what keeps one of its streams open. */
export interface ApiFormat extends ApiStatuses {
  /** The JSON body of an error answer. */
  errorBody(problem: HttpProblem): JsonObject
  /** An error inside a stream that has begun. */
  errorEvent(problem: HttpProblem): string
  /** What a stream sends while there is nothing to send yet. */
  readonly keepAlive: string
}

/** @see https://platform.openai.com/docs/guides/error-codes */
export const openaiFormat: ApiFormat = {
  errorBody: ({ message, code, status }) => ({
    error: { message, type: openaiTypes[status] ?? 'invalid_request_error', param: null, code }
  }),
  errorEvent: (problem) => `data: ${JSON.stringify(openaiFormat.errorBody(problem))}\n\n`,
  // A comment, which readers of event streams skip.
  keepAlive: ': waiting\n\n'
}

const openaiTypes: Readonly<Record<number, string>> = { 402: 'insufficient_quota' }
