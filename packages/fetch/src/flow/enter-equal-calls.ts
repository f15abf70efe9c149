import type { SeenEqualCalls } from '@bursar/core'
import { fingerprint as hashOf } from '../request/fingerprint.js'
import type { Call } from './call.js'
import { enterGroup } from './equal-calls.js'
import { lookForEqualCalls } from './look.js'
import type { PaymentContext } from './payment-context.js'

/** A call that shares its end with the equal calls that are in flight. */
export interface EnteredCall {
  readonly fingerprint: string
  /** What is in flight in any process when this call begins. */
  readonly seen: () => Promise<SeenEqualCalls>
  /** Pays, or waits for the equal call of this process that pays. */
  payOnce(pay: () => Promise<Response>): Promise<Response>
  /** Says that the call has ended, or that it costs nothing. */
  leave(): void
}

/** Begins a call among its equals. */
export async function enterEqualCalls(context: PaymentContext, call: Call): Promise<EnteredCall> {
  const { request, options } = call
  const fingerprint = await fingerprintOf(context, call)
  const group = enterGroup(context.equalCalls, `${fingerprint} ${options.purchase ?? ''}`)
  return {
    fingerprint,
    seen: lookForEqualCalls(context, call, fingerprint),
    payOnce: (pay) => group.payOnce(pay, request.signal),
    leave: () => group.leave()
  }
}

/** The same for equal calls. */
export function fingerprintOf(
  { sha256 }: PaymentContext,
  { request, options }: Call
): string | Promise<string> {
  return hashOf(request, sha256, options.tenant)
}
