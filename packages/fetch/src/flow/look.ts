import type { SeenEqualCalls } from '@bursar/core'
import type { Call } from './call.js'
import type { PaymentContext } from './payment-context.js'

/**
 * Reads which equal calls are in flight when this one begins, in any process, while the request for its price is under
 * way: one that is answered before this call has its price is joined all the same. If the ledger cannot say, it is asked
 * again where something is to be paid, and what was made since the call began counts.
 *
 * @returns what says it. @throws {BursarError} `ledger/unavailable`
 */
export function lookForEqualCalls(
  { ledger, settings, clock, payerAddresses }: PaymentContext,
  { request, options }: Call,
  fingerprint: string
): () => Promise<SeenEqualCalls> {
  const beganAtMs = clock.nowMs()
  const query = {
    fingerprint,
    name: options.purchase,
    windowMs: settings.resumeWindowMs,
    inFlight: 'join'
  } as const
  const ask = async (): Promise<SeenEqualCalls> => {
    const payers = await payerAddresses()
    return ledger.look({ ...query, payers, ageMs: clock.nowMs() - beganAtMs }, { signal: request.signal })
  }
  const first = ask().catch(() => undefined)
  return async () => (await first) ?? ask()
}
