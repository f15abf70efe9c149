import type { RequestProblem } from '@bursar/local-server'
import { invalidRequest } from '../invalid-request.js'

/** Something in a request of Responses that chat completions cannot say. */
export function noCounterpart(what: string, allowed: string): RequestProblem {
  return invalidRequest(`${what} has no counterpart: ${allowed}`, 'unsupported')
}
