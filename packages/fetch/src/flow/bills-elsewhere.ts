import type { Dialect } from '@bursar/core'
import { type CapturedRequest, headerOf } from '../request/captured-request.js'
import { namesAccount } from '../request/names-account.js'

/**
 * Whether a 402 to this request is not the price of the call. A request that is billed to a prepaid balance or an
 * account gets a 402 when that runs low; it asks for a top-up.
 */
export function billsElsewhere(request: CapturedRequest, dialect: Dialect['name']): boolean {
  if (headerOf(request, 'x-sign-in-with-x') !== undefined) return true
  // Katana accepts one way of billing per request. Elsewhere a key may only say who asks.
  return dialect === 'katana' && namesAccount(request)
}
