import { fingerprint } from '../request/fingerprint.js'
import { assertPayable } from './assert-payable.js'
import type { Call, ChallengedCall } from './call.js'
import { discover } from './discover.js'
import { emitChallenged } from './emit.js'
import type { EqualCallGroup } from './equal-calls.js'
import { loadPricedCall } from './load-priced-call.js'
import { lookForEqualCalls } from './look.js'
import type { PaymentContext } from './payment-context.js'
import { readPrice } from './read-challenge.js'

/**
 * Runs one call, from the unpaid request to the answer. Anything but an x402 402 is returned untouched.
 *
 * @throws {BursarError} see each step
 */
export async function run(context: PaymentContext, call: Call): Promise<Response> {
  const joins = isJoined(context, call)
  const equalCalls = joins ? await enterEqualCalls(context, call) : undefined
  try {
    const seen = joins ? lookForEqualCalls(context, call, await fingerprintOf(context, call)) : undefined
    const discovery = await discover(context, call)
    const challenge = await readPrice(context, discovery)
    if (!challenge) return discovery.response.toResponse()
    const discarded = discovery.response.discard()
    emitChallenged(context, discovery)
    assertPayable(context, discovery)
    const challenged: ChallengedCall = {
      request: discovery.request,
      original: call.request,
      options: call.options,
      transport: call.transport,
      challenge,
      fingerprint: await fingerprintOf(context, call),
      seen
    }
    const { payAndDeliver } = await loadPricedCall()
    const pay = (): Promise<Response> => payAndDeliver(context, challenged, discarded)
    return await (equalCalls ? equalCalls.payOnce(pay, call.request.signal) : pay())
  } finally {
    equalCalls?.leave()
  }
}

/** Whether a call that comes while an equal one is in flight is to share its end. */
function isJoined(context: PaymentContext, { options }: Call): boolean {
  return !options.again && (options.inFlight ?? context.inFlight) === 'join'
}

/** Enters the equal calls of this process. */
async function enterEqualCalls(context: PaymentContext, call: Call): Promise<EqualCallGroup> {
  return context.equalCalls.enter(`${await fingerprintOf(context, call)} ${call.options.purchase ?? ''}`)
}

function fingerprintOf({ sha256 }: PaymentContext, { request, options }: Call): Promise<string> {
  return fingerprint(request, sha256, options.tenant)
}
