import type { Call } from './call.js'
import { discover } from './discover.js'
import type { EnteredCall } from './enter-equal-calls.js'
import { isJoined } from './is-joined.js'
import { loadPricedCall } from './load-priced-call.js'
import type { PaymentContext } from './payment-context.js'
import type { RecallingCall } from './recall.js'

/**
 * Runs one call, from the unpaid request to the answer. Anything but an x402 402 is returned untouched.
 *
 * @throws {BursarError} see each step
 */
export async function run(context: PaymentContext, call: Call): Promise<Response> {
  const equalCalls = isJoined(context, call) ? await enter(context, call) : undefined
  const beganAtMs = context.isObserved() ? context.clock.nowMs() : undefined
  try {
    const recalling = isRemembering(context, call) ? await recallPlace(context, call, equalCalls) : undefined
    const remembered = recalling?.challenge
    if (remembered) {
      const { payRecalled } = await loadPricedCall()
      return await payRecalled(context, call, { ...recalling, challenge: remembered })
    }
    const discovery = await discover(context, call)
    if (discovery.response.status !== 402) return discovery.response.toResponse()
    const { emitUnpaid, payPrice, readPrice } = loadPricedCall.loaded() ?? (await loadPricedCall())
    const challenge = await readPrice(context, discovery)
    if ('reason' in challenge) {
      emitUnpaid(context, discovery, challenge)
      return discovery.response.toResponse()
    }
    const discarded = discovery.response.discard()
    return await payPrice(context, call, {
      request: discovery.request,
      original: discovery.original,
      redirect: discovery.redirect,
      response: discovery.response,
      challenge,
      discarded,
      equalCalls,
      recalling,
      beganAtMs
    })
  } finally {
    equalCalls?.leave()
  }
}

/** Whether a call may be paid with its first request. */
function isRemembering({ offers }: PaymentContext, { options }: Call): boolean {
  return (options.offers ?? offers) === 'remember'
}

async function recallPlace(
  context: PaymentContext,
  call: Call,
  equalCalls: EnteredCall | undefined
): Promise<RecallingCall | undefined> {
  const { recall } = await loadPricedCall()
  return recall(context, call, equalCalls)
}

/** Lets equal calls share what this one buys. */
async function enter(context: PaymentContext, call: Call): Promise<EnteredCall> {
  const { enterEqualCalls } = await loadPricedCall()
  return enterEqualCalls(context, call)
}
