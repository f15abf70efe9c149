import type { Challenge } from '@bursar/core'
import { headerOf } from '../request/captured-request.js'
import type { Call } from './call.js'
import { type EnteredCall, fingerprintOf } from './enter-equal-calls.js'
import type { PaymentContext } from './payment-context.js'
import { PlaceMemory } from './place-memory.js'
import { buysNothing } from './read-challenge.js'

/** A call whose place may have been paid before. */
export interface RecallingCall {
  readonly memory: PlaceMemory
  /** What the place asked and was paid. Absent: nothing lately. */
  readonly challenge: Challenge | undefined
  readonly fingerprint: string
  /** The equal calls that share its payment. Absent: it is a purchase by itself. */
  readonly equalCalls: EnteredCall | undefined
}

/**
 * What is remembered of a call's place. Nothing, where the call has a name, which is bought once whatever the server says;
 * where it is a top-up; and where it signs in to an account.
 */
export async function recall(
  context: PaymentContext,
  call: Call,
  equalCalls: EnteredCall | undefined
): Promise<RecallingCall | undefined> {
  const { request, options } = call
  const { purchase, topUpRoom } = options
  if (purchase !== undefined || topUpRoom || buysNothing(request)) return undefined
  if (headerOf(request, 'x-sign-in-with-x') !== undefined) return undefined
  const fingerprint = equalCalls?.fingerprint ?? (await fingerprintOf(context, call))
  const nowMs = (): number => context.clock.nowMs()
  const memory = new PlaceMemory(context.prices, { request, fingerprint, nowMs })
  return { fingerprint, memory, challenge: memory.recall(), equalCalls }
}
