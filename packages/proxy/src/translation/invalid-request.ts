import { RequestProblem } from '@bursar/local-server'

/** A request that cannot be translated. Nothing has been paid when it is thrown. */
export function invalidRequest(message: string, code = 'invalid_request'): RequestProblem {
  return new RequestProblem({ status: 400, code, message: `${message}. Nothing was paid` })
}
