import type { JsonObject } from '@bursar/core'
import type { HttpProblem } from './http-problem.js'
import { TOO_LARGE } from './read-body.js'

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

/** OpenAI's Responses. Codex, which speaks nothing else, repeats a 402 five times. */
export const responsesFormat: ApiFormat = { ...openaiFormat, limitStatus: 400 }

const openaiTypes: Readonly<Record<number, string>> = { 402: 'insufficient_quota' }

const anthropicTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error'
}

function anthropicType(status: number, code: string): string {
  return code === TOO_LARGE ? TOO_LARGE : (anthropicTypes[status] ?? 'api_error')
}

/**
 * Claude Code takes a 400 for what stands in its request, and asks up to five times more with less in it, each of which would be
 * another purchase.
 *
 * @see https://docs.anthropic.com/en/api/errors
 */
export const anthropicFormat: ApiFormat = {
  errorBody: ({ message, status, code }) => ({
    type: 'error',
    error: { type: anthropicType(status, code), message }
  }),
  errorEvent: (problem) => `event: error\ndata: ${JSON.stringify(anthropicFormat.errorBody(problem))}\n\n`,
  paidFailureStatus: 402,
  keepAlive: 'event: ping\ndata: {"type":"ping"}\n\n'
}
