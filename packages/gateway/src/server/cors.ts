import { type Answer, withHeaders } from './answer.js'
import type { Arrival } from './arrival.js'

/** Lets pages of any origin pay: this server is for tests on one machine. */
export function allowOrigins(arrival: Arrival, answer: Answer): Answer {
  if (arrival.header('origin') === undefined) return answer
  return withHeaders(answer, {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'PAYMENT-REQUIRED, PAYMENT-RESPONSE, X-PAYMENT-RESPONSE'
  })
}

/** The answer to a preflight, if the request is one. */
export function answerPreflight(arrival: Arrival): Answer | undefined {
  const method = arrival.header('access-control-request-method')
  if (arrival.method !== 'OPTIONS' || method === undefined) return undefined
  const headers = {
    'Access-Control-Allow-Methods': method,
    'Access-Control-Allow-Headers': arrival.header('access-control-request-headers') ?? ''
  }
  return { status: 204, headers, body: '' }
}
