import type { SeenEqualCalls } from '@bursar/core'
import type { Call } from './call.js'
import type { PaymentContext } from './payment-context.js'

/**
 * Reads which equal calls are in flight when this one begins, in any process, while the request for its price is under
 * way: one that is answered before this call has its price is joined all the same.
 *
 * @returns nothing when the ledger cannot say. Whether it can be used is decided where something is to be paid.
 */
export async function lookForEqualCalls(
  { ledger, settings }: PaymentContext,
  { request, options }: Call,
  fingerprint: string
): Promise<SeenEqualCalls | undefined> {
  const windowMs = settings.resumeWindowMs
  const query = { fingerprint, name: options.purchase, windowMs, inFlight: 'join' } as const
  return ledger.look(query, { signal: request.signal }).catch(() => undefined)
}
