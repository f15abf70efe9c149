import type { HttpRequest } from './request.js'
import { type HttpResponse, withHeaders } from './response.js'

/** Lets web pages of any origin read the response. This server is for tests on one machine. */
export function allowOrigins(request: HttpRequest, response: HttpResponse): HttpResponse {
  if (request.header('origin') === undefined) return response
  return withHeaders(response, {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'PAYMENT-REQUIRED, PAYMENT-RESPONSE, X-PAYMENT-RESPONSE'
  })
}

/** The response to a CORS preflight. Undefined when the request is none. */
export function preflightResponse(request: HttpRequest): HttpResponse | undefined {
  const method = request.header('access-control-request-method')
  if (request.method !== 'OPTIONS' || method === undefined) return undefined
  const headers = {
    'Access-Control-Allow-Methods': method,
    'Access-Control-Allow-Headers': request.header('access-control-request-headers') ?? ''
  }
  return { status: 204, headers, body: '' }
}
