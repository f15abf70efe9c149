import type { Dialect } from '@bursar/core'
import { type CapturedRequest, headerOf } from '../request/captured-request.js'

/** Katana takes exactly one way of billing a request; these choose another than paying per call. */
const katanaAccountHeaders = ['x-api-key', 'authorization']

/**
 * Whether a 402 to this request asks for something else than the price of the call: one that is billed to
 * a prepaid balance or an account is answered 402 when that runs low, and wants a top-up.
 */
export function billsElsewhere(request: CapturedRequest, dialect: Dialect['name']): boolean {
  if (headerOf(request, 'x-sign-in-with-x') !== undefined) return true
  return dialect === 'katana' && katanaAccountHeaders.some((name) => headerOf(request, name) !== undefined)
}
