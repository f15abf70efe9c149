import { boundedText, isJsonObject, parseJsonObject } from '@bursar/core'
import { HttpProblem } from '@bursar/local-server'
import { brokenOff } from '@bursar/translation'
import { headersToClient } from '../handed-headers.js'

/** Bytes of an error; none is near it. */
const MAX_ERROR_BYTES = 1024 * 1024

/** The service's own words for why it did not do what it was asked for. */
export async function problemFrom(response: Response): Promise<HttpProblem> {
  const { status } = response
  const text = await boundedText(response, MAX_ERROR_BYTES).catch(() => undefined)
  const body = text === undefined ? undefined : parseJsonObject(text)
  const error = isJsonObject(body?.error) ? body.error : {}
  const retryAfter = response.headers.get('retry-after')
  return new HttpProblem({
    // A service that rejects our key says nothing about the client's token.
    status: status === 401 || status === 403 ? 502 : status,
    code: 'service_refused',
    message: typeof error.message === 'string' ? error.message : `The service answered ${status}`,
    // As the meter counts it: a request that was rejected did not begin; a server's failure may have begun.
    moneyState: status < 500 || status === 503 ? 'none' : 'unknown',
    headers: {
      ...headersToClient(response.headers),
      ...(retryAfter === null ? {} : { 'retry-after': retryAfter })
    }
  })
}

/** A stream that the service did not end. @param reason in its own words. */
export function cutOff(reason?: unknown): HttpProblem {
  return new HttpProblem({ status: 502, ...brokenOff(reason), moneyState: 'unknown' })
}

/** The service was paid, and answered with something else than documented. */
export function malformedAnswer(message = 'The service did not answer with a JSON object'): HttpProblem {
  return new HttpProblem({
    status: 502,
    code: 'service_malformed',
    message,
    moneyState: 'settled'
  })
}
