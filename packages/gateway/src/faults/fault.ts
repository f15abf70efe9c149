import type { RandomBytes } from '@bursar/core'
import type { SettleOptions } from '../facilitator/facilitator.js'
import type { RejectionReason } from '../facilitator/rejection-reasons.js'
import type { ServerOffer } from '../payment/protocol.js'
import type { HttpResponse } from '../server/response.js'
import type { FaultOptions, FaultTarget, Leg } from './fault-options.js'

/** What a fault changes in the work that was paid for. */
export interface FaultEffects {
  /** Credits a paid top-up after `delayMs`, or never. */
  readonly credit?: 'delayed' | 'never'
  readonly delayMs?: number
  /** Lets a paid job fail and be refunded, or never end. */
  readonly job?: 'fails' | 'pending'
  /** Lets the assets of a job expire as soon as it is done. */
  readonly assets?: 'expired'
  /** Leaves the usage out of a text, or reports more than was reserved. */
  readonly usage?: 'missing' | 'above-reserve'
}

/** What a hook of a fault is given. */
export interface FaultContext {
  readonly target: FaultTarget
  readonly options: FaultOptions
  readonly random: RandomBytes
  /** Waits. Ends early when the gateway stops. */
  readonly sleep: (ms: number) => Promise<void>
}

/** One way to misbehave: which requests it applies to, and what it does at each step. */
export interface Fault {
  readonly leg: Leg
  /** One sentence, shown in the README's table. */
  readonly summary: string
  /** Options without which it cannot be armed. */
  readonly requires?: readonly (keyof FaultOptions)[]
  /** Runs before the request is read. A response ends the request. */
  onRequest?(context: FaultContext): Promise<HttpResponse | undefined>
  /** Changes the offers of a challenge. The gateway accepts payments for the changed offers. */
  onOffers?(offers: readonly ServerOffer[], context: FaultContext): readonly ServerOffer[]
  /** Changes the finished 402. */
  onChallenge?(response: HttpResponse, context: FaultContext): HttpResponse
  /** Runs when a payment was read, before it is verified. A response ends the request. */
  beforeSettling?(context: FaultContext): HttpResponse
  /** Rejects a payment that is valid. Nothing is settled then. */
  readonly rejects?: RejectionReason
  /** Changes the settlement itself. */
  onSettling?(context: FaultContext): SettleOptions
  /** Changes the finished response to a settled payment. `challenge` builds a new 402. */
  afterSettling?(
    response: HttpResponse,
    challenge: () => HttpResponse,
    context: FaultContext
  ): Promise<HttpResponse>
  /** Changes the work that was paid for. */
  effects?(context: FaultContext): FaultEffects
  /** Seconds by which the gateway's clock is wrong for this request. */
  clockOffsetSeconds?(context: FaultContext): number
}
