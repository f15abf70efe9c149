import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Access } from './access.js'

/** What a page may read of an answer, besides what every page may. */
const EXPOSED = 'x-bursar-cost, x-bursar-paid-from, x-bursar-money, retry-after, x-should-retry'
const DAY_SECONDS = '86400'

/** Lets the browser hand an answer to the page of an allowed origin. */
export function allowOrigin(
  { headers: { origin } }: IncomingMessage,
  response: ServerResponse,
  { allowOrigins = [] }: Access
): void {
  if (origin === undefined || !allowOrigins.includes(origin)) return
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-expose-headers', EXPOSED)
  response.setHeader('vary', 'origin')
}

/**
 * Answers what a browser asks before it lets a page send a request. It carries no token.
 *
 * @returns whether it was that, of an allowed origin.
 */
export function answerPreflight(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  { allowOrigins = [] }: Access
): boolean {
  const { origin, 'access-control-request-method': wanted } = headers
  if (method !== 'OPTIONS' || wanted === undefined || !allowOrigins.includes(origin ?? '')) return false
  response
    .writeHead(204, {
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
      'access-control-allow-private-network': 'true',
      'access-control-max-age': DAY_SECONDS
    })
    .end()
  return true
}
