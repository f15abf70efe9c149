import type { JsonObject } from '@bursar/core'

const TOO_LARGE = 'request_too_large'
/** By this code Anthropic's SDK knows that it has to send whole conversations, and does. */
export const THREAD_UNSUPPORTED = 'thread_unsupported_request'

const types: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error'
}

/** Why a request has no answer. */
export interface AnthropicProblem {
  /** Of the answer by HTTP. */
  readonly status: number
  /** Ours. */
  readonly code: string
  readonly message: string
}

/**
 * An error as Anthropic's API has it, within `error`. A refusal to keep a conversation says so in the way that makes Anthropic's
 * SDK send the whole of it instead.
 *
 * @see https://docs.anthropic.com/en/api/errors
 */
export function anthropicError({ status, code, message }: AnthropicProblem): JsonObject {
  const error = { type: errorType(status, code), message }
  return code === THREAD_UNSUPPORTED
    ? { ...error, details: { error_code: code, unsupported: ['thread'] } }
    : error
}

/** One code of ours is a type by itself. */
function errorType(status: number, code: string): string {
  if (code === TOO_LARGE) return code
  return types[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error')
}
