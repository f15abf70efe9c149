import type { AtomicUsdc, BursarError, JsonObject } from '@bursar/core'
import type { PricedRequest } from './priced-request.js'

/** What a call that is billed to an account can cost, and how to read what it did cost. */
export interface Charge {
  /** The model's name. */
  readonly model: string
  /** An upper bound of what can be billed. `1_000_000n = 1 USD` */
  readonly maxCost: AtomicUsdc
  /**
   * What was billed, read from what reports usage: the answer, or the events of a stream. `maxCost` counts when
   * this is absent or returns `undefined`.
   */
  readonly costOf?: (answers: readonly JsonObject[]) => AtomicUsdc | undefined
  /** The service's id of the job that was bought, where the answer has one. */
  readonly jobOf?: (answer: JsonObject) => string | undefined
  /**
   * Why no upper bound is known: then `maxCost` is only the least that the call can cost, and nothing is sent. A limit
   * below `maxCost` is reported first, since it would reject the call at any price.
   */
  readonly unknown?: BursarError<'price/unknown'>
}

/**
 * Says what a request costs; `undefined` where it costs nothing.
 *
 * @throws {BursarError} `price/unknown`, `request/invalid`
 */
export type PricingRule = (request: PricedRequest) => Charge | undefined | Promise<Charge | undefined>
