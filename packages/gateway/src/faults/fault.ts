import type { RandomBytes } from '@bursar/core'
import type { SettleOptions } from '../facilitator/facilitator.js'
import type { ServerOffer } from '../payment/protocol.js'
import type { HttpResponse } from '../server/response.js'

/** Which arrivals a fault takes hold of: those with a payment header, those without, or both. */
export type Leg = 'unpaid' | 'paid' | 'any'

/** What a fault's `match` is shown of a request. */
export interface FaultTarget {
  readonly method: string
  readonly path: string
  /** With its question mark, or empty. */
  readonly query: string
  readonly paid: boolean
}

/** How a fault effects what the gateway does for a request, beside the payment itself. */
export interface FaultEffects {
  /** What becomes of a top-up that was paid: credited after `delayMs`, or never. */
  readonly credit?: 'delayed' | 'never'
  readonly delayMs?: number
  /** What becomes of a job that was paid: fails and is refunded, or goes on for ever. */
  readonly job?: 'fails' | 'pending'
  /** Its assets have expired by the time that it is done. */
  readonly assets?: 'expired'
  /** The provider does not tell what was used. */
  readonly usage?: 'missing'
}

/** How a fault is armed. */
export interface FaultOptions {
  /** Takes hold of this many arrivals. 1 when absent. */
  readonly times?: number
  /** Takes hold of these arrivals only. */
  readonly match?: (target: FaultTarget) => boolean
  /** Overrides the leg of the fault's entry in the table. */
  readonly leg?: Leg
  /** `slow`, `credit-delayed`: milliseconds. 1000 when absent. */
  readonly delayMs?: number
  /** `slow`: wait before anything is looked at (default), or between settling and answering. */
  readonly when?: 'request' | 'settled'
  /** `redirect-to-other-origin`: absolute URL, or origin to which path and query are added. Required. */
  readonly to?: string
  /** `price-above-quote`: the whole number that the price is multiplied by. 2 when absent. */
  readonly factor?: number
  /** `clock-far-off`: seconds, negative for a clock that is late. 21600 when absent. */
  readonly offsetSeconds?: number
  /** `challenge-huge`: size of the header or body. 524288 when absent. */
  readonly bytes?: number
  /** `challenge-malformed`: what is wrong with it. `base64` when absent. */
  readonly how?: 'base64' | 'json' | 'accepts'
  /** `settlement-pending`: whether the transfer is really sent. True when absent. */
  readonly lands?: boolean
  /** `blockhash-not-found`: whether the blockhash has really expired by then. True when absent. */
  readonly expires?: boolean
}

/** What a hook is given. */
export interface FaultContext {
  readonly target: FaultTarget
  readonly options: FaultOptions
  readonly random: RandomBytes
  /** Waits; ends early when the gateway stops. */
  readonly sleep: (ms: number) => Promise<void>
}

/** One way to misbehave: where it takes hold, and what it does there. */
export interface Fault {
  readonly leg: Leg
  /** One sentence for the table in the README. */
  readonly does: string
  /** Options without which it cannot be armed. */
  readonly requires?: readonly (keyof FaultOptions)[]
  /** Before the request is looked at. An answer ends it. */
  onRequest?(context: FaultContext): Promise<HttpResponse | undefined>
  /** On the offers of a challenge. The gateway stands by what it offered: such an offer can be paid. */
  onOffers?(offers: readonly ServerOffer[], context: FaultContext): readonly ServerOffer[]
  /** On the finished 402. */
  onChallenge?(response: HttpResponse, context: FaultContext): HttpResponse
  /** With a payment at hand, before it is verified. An answer ends the request. */
  beforeSettling?(context: FaultContext): HttpResponse
  /** Bends the settlement itself. */
  onSettling?(context: FaultContext): SettleOptions
  /** With the payment settled and the answer ready; `challenge` makes a fresh 402. */
  afterSettling?(
    response: HttpResponse,
    challenge: () => HttpResponse,
    context: FaultContext
  ): Promise<HttpResponse>
  /** On the work that was paid for. */
  effects?(context: FaultContext): FaultEffects
  /** Seconds by which the gateway's clock is off for this request. */
  clockOffsetSeconds?(context: FaultContext): number
}
