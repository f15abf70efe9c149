import type { HttpRequest } from './request.js'
import { type HttpResponse, withHeaders } from './response.js'

/** Lets pages of any origin pay: this server is for tests on one machine. */
export function allowOrigins(request: HttpRequest, response: HttpResponse): HttpResponse {
  if (request.header('origin') === undefined) return response
  return withHeaders(response, {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'PAYMENT-REQUIRED, PAYMENT-RESPONSE, X-PAYMENT-RESPONSE'
  })
}

/** The answer to a preflight, if the request is one. */
export function answerPreflight(request: HttpRequest): HttpResponse | undefined {
  const method = request.header('access-control-request-method')
  if (request.method !== 'OPTIONS' || method === undefined) return undefined
  const headers = {
    'Access-Control-Allow-Methods': method,
    'Access-Control-Allow-Headers': request.header('access-control-request-headers') ?? ''
  }
  return { status: 204, headers, body: '' }
}
