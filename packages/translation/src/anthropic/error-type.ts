const TOO_LARGE = 'request_too_large'

const types: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error'
}

/**
 * The type of an error in Anthropic's API.
 *
 * @param status of the answer.
 * @param code ours, of which one is a type by itself.
 * @see https://docs.anthropic.com/en/api/errors
 */
export function anthropicErrorType(status: number, code: string): string {
  if (code === TOO_LARGE) return code
  return types[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error')
}
