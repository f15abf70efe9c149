import type { RequestViolation } from '@bursar/core'
import { invalidRequest } from '../shared/checks/invalid-request.js'
import { counterparts } from './endpoints.js'
import type { KatanaRequest, RetargetOptions, VeniceRequest } from './retarget-options.js'

const API = '/api/v1'

/** Headers that are for Venice, some of them secret, or about a body that is rewritten. */
const dropped: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'x-api-key',
  'x-sign-in-with-x',
  'x-402-payment',
  'x-payment',
  'host',
  'content-length'
])

/**
 * Translates one request for Venice into Katana's, endpoint by endpoint.
 *
 * @throws {BursarError} `request/invalid` by the name of what Katana has no counterpart for.
 * @see imgnAI Katana's guide, "Retargeting Venice-style x402 scripts"
 * @example
 * ```ts
 * const { path, headers, body } = retarget({ method: 'GET', url: new URL('https://api.venice.ai/api/v1/models'), headers: {} })
 * ```
 */
export function retarget(request: VeniceRequest, options: RetargetOptions = {}): KatanaRequest {
  const { method, url } = request
  const path = url.pathname.startsWith(`${API}/`) ? url.pathname.slice(API.length) : url.pathname
  // Katana's list continues from a cursor, and not from a number: the first page would come again and again.
  if (Number(url.searchParams.get('offset') ?? 0) > 0)
    throw invalidRequest([noCounterpart(method, `${path}?offset=…`)])
  const found = counterparts.find((each) => each.method === method && each.path.test(path))
  if (!found) throw invalidRequest([noCounterpart(method, path)])
  const translated = found.translate(request, found.path.exec(path)?.[1] ?? '', options)
  return { method, headers: headersOf(request, translated.body !== undefined), ...translated }
}

function headersOf({ headers }: VeniceRequest, hasBody: boolean): Readonly<Record<string, string>> {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name)))
  // Katana takes the older name as well; this is the one that it prefers.
  const payment = headers['payment-signature'] ?? headers['x-402-payment']
  return {
    ...kept,
    ...(payment === undefined ? {} : { 'payment-signature': payment }),
    ...(hasBody ? { 'content-type': 'application/json' } : {})
  }
}

/** Bodies of the same name are not the same: images are requested in another shape altogether. */
function noCounterpart(method: string, path: string): RequestViolation {
  const isMedia = /^\/(?:images?|videos?)\b/.test(path)
  return {
    field: 'url',
    rule: 'no_counterpart',
    message: `Venice's ${method} ${path.slice(0, 80)} has no counterpart at Katana`,
    allowed: isMedia
      ? 'images and videos of the Katana client, whose requests are others'
      : '/chat/completions, /models, /x402/top-up, /x402/balance/…, /x402/transactions/…'
  }
}
