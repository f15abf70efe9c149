import type { JsonObject } from '@bursar/core'
import type { HttpProblem } from './http-problem.js'

/** How an API writes errors, and what keeps one of its streams open. */
export interface ApiFormat {
  /** The JSON body of an error answer. */
  errorBody(problem: HttpProblem): JsonObject
  /** An error inside a stream that has begun. */
  errorEvent(problem: HttpProblem): string
  /** The status of what a limit rejects: one that the API's clients do not repeat. Default: 402. */
  readonly limitStatus?: number
  /** The status of a failure that was paid, or may have been: one that the API's clients do not repeat. Default: 400. */
  readonly paidFailureStatus?: number
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
