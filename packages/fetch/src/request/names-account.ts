import { type CapturedRequest, headerOf } from './captured-request.js'

/** Headers that send a request to an account or a balance of the caller's. */
const accountHeaders = ['x-sign-in-with-x', 'x-api-key', 'authorization']

/** Whether a request names an account or a balance, which the service may charge for it. */
export function namesAccount(request: CapturedRequest): boolean {
  return accountHeaders.some((name) => headerOf(request, name) !== undefined)
}
