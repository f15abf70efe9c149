import type { InvalidRequest } from '../invalid-request.js'
import { invalidRequest } from '../invalid-request.js'

/** Something in a request of Responses that chat completions cannot say. */
export function noCounterpart(what: string, allowed: string): InvalidRequest {
  return invalidRequest(`${what} has no counterpart: ${allowed}`, 'unsupported')
}
