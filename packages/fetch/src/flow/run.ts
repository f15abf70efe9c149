import type { Call } from './call.js'
import { discover } from './discover.js'
import type { EnteredCall } from './enter-equal-calls.js'
import { isJoined } from './is-joined.js'
import { loadPricedCall } from './load-priced-call.js'
import type { PaymentContext } from './payment-context.js'

/**
 * Runs one call, from the unpaid request to the answer. Anything but an x402 402 is returned untouched.
 *
 * @throws {BursarError} see each step
 */
export async function run(context: PaymentContext, call: Call): Promise<Response> {
  const equalCalls = isJoined(context, call) ? await enter(context, call) : undefined
  const beganAtMs = context.isObserved() ? context.clock.nowMs() : undefined
  try {
    const discovery = await discover(context, call)
    if (discovery.response.status !== 402) return discovery.response.toResponse()
    const { emitUnpaid, payPrice, readPrice } = await loadPricedCall()
    const challenge = await readPrice(context, discovery)
    if ('reason' in challenge) {
      emitUnpaid(context, discovery, challenge)
      return discovery.response.toResponse()
    }
    const discarded = discovery.response.discard()
    return await payPrice(context, call, { ...discovery, challenge, discarded, equalCalls, beganAtMs })
  } finally {
    equalCalls?.leave()
  }
}

/** Lets equal calls share what this one buys. */
async function enter(context: PaymentContext, call: Call): Promise<EnteredCall> {
  const { enterEqualCalls } = await loadPricedCall()
  return enterEqualCalls(context, call)
}
