import type { Challenge } from '@bursar/core'
import type { IncomingResponse } from '../transport/incoming-response.js'
import { assertPayable } from './assert-payable.js'
import type { Call, ChallengedCall } from './call.js'
import type { Discovery } from './discover.js'
import { emitChallenged, emitDelivered, emitError } from './emit.js'
import { type EnteredCall, fingerprintOf } from './enter-equal-calls.js'
import { payAsked, payRemembered } from './pay-remembered.js'
import type { PaymentContext } from './payment-context.js'
import type { RecallingCall } from './recall.js'
import { serverAheadSeconds } from './server-clock.js'

/** The price of a call: who asks it, and for what. */
export interface Price extends Pick<Discovery, 'request' | 'original' | 'redirect'> {
  readonly challenge: Challenge
  /** The answer that asked for it. Absent: the carrier has none of HTTP. */
  readonly response?: IncomingResponse | undefined
  /** Resolves when the answer that asked for it is out of the way. */
  readonly discarded: Promise<void>
  /** The equal calls that share the payment. Absent: each is a purchase. */
  readonly equalCalls: EnteredCall | undefined
  /** What is remembered of its place, which its challenge comes from where there is no answer that asked for it. */
  readonly recalling?: RecallingCall | undefined
  /** When the request was sent without payment. Absent: nobody listens, another carrier sent it, or none was. Unix milliseconds. */
  readonly beganAtMs?: number | undefined
}

/**
 * Pays the price of a call. Every carrier of payments ends here.
 *
 * @throws {BursarError} see each step
 */
export async function payPrice(context: PaymentContext, call: Call, price: Price): Promise<Response> {
  const number = context.isObserved() ? nextNumber() : undefined
  emitChallenged(context, price, number)
  try {
    const answer = await payNumbered(context, call, { price, number })
    emitDelivered(context, price, { number, status: answer.status })
    return answer
  } catch (error) {
    emitError(context, price, { number, error })
    throw error
  }
}

/** Pays with the first request what the place of a call asked before. */
export async function payRecalled(
  context: PaymentContext,
  call: Call,
  recalling: RecallingCall & Pick<Price, 'challenge'>
): Promise<Response> {
  const { request } = call
  const { challenge, equalCalls } = recalling
  const discarded = Promise.resolve()
  return payPrice(context, call, { request, original: request, challenge, discarded, equalCalls, recalling })
}

async function payNumbered(
  context: PaymentContext,
  call: Call,
  { price, number }: Pick<ChallengedCall, 'number'> & { readonly price: Price }
): Promise<Response> {
  const { request, challenge, response, discarded, equalCalls, recalling } = price
  const isRemembered = recalling !== undefined && response === undefined
  // What is remembered is checked where it can still be asked instead.
  if (!isRemembered) assertPayable(context, price)
  const challenged: ChallengedCall = {
    number,
    request,
    original: call.request,
    options: call.options,
    transport: call.transport,
    challenge,
    serverAheadSeconds: response && serverAheadSeconds(response, context.clock.nowMs()),
    fingerprint: (equalCalls ?? recalling)?.fingerprint ?? (await fingerprintOf(context, call)),
    seen: equalCalls?.seen,
    memory: recalling?.memory,
    isRemembered
  }
  const pay = (): Promise<Response> =>
    isRemembered ? payRemembered(context, challenged) : payAsked(context, challenged, discarded)
  return equalCalls ? equalCalls.payOnce(pay) : pay()
}

let calls = 0

/** Numbers the calls of this process, so that a listener can tell them apart. */
function nextNumber(): number {
  calls += 1
  return calls
}
