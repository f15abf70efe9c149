import type { SettleOptions } from '../facilitator/facilitator.js'
import type { ServerOffer } from '../payment/protocol.js'
import type { HttpResponse } from '../server/response.js'
import type { Fault, FaultContext, FaultEffects } from './fault.js'
import type { DrawnFault } from './fault-plan.js'
import { faultTable } from './table.js'

/** The faults of one request, asked at each step. Without any, every step is left as it is. */
export class ActiveFaults {
  readonly #faults: readonly { readonly fault: Fault; readonly context: FaultContext }[]

  constructor(drawn: readonly DrawnFault[], surroundings: Omit<FaultContext, 'options'>) {
    this.#faults = drawn.map(({ name, options }) => ({
      fault: faultTable[name],
      context: { ...surroundings, options }
    }))
  }

  async onRequest(): Promise<HttpResponse | undefined> {
    for (const { fault, context } of this.#faults) {
      const response = await fault.onRequest?.(context)
      if (response) return response
    }
    return undefined
  }

  onOffers(offers: readonly ServerOffer[]): readonly ServerOffer[] {
    return this.#faults.reduce((bent, { fault, context }) => fault.onOffers?.(bent, context) ?? bent, offers)
  }

  onChallenge(response: HttpResponse): HttpResponse {
    return this.#faults.reduce(
      (bent, { fault, context }) => fault.onChallenge?.(bent, context) ?? bent,
      response
    )
  }

  beforeSettling(): HttpResponse | undefined {
    for (const { fault, context } of this.#faults) {
      const response = fault.beforeSettling?.(context)
      if (response) return response
    }
    return undefined
  }

  settleOptions(): SettleOptions {
    return Object.assign({}, ...this.#faults.map(({ fault, context }) => fault.onSettling?.(context)))
  }

  async afterSettling(response: HttpResponse, challenge: () => HttpResponse): Promise<HttpResponse> {
    let bent = response
    for (const { fault, context } of this.#faults) {
      bent = (await fault.afterSettling?.(bent, challenge, context)) ?? bent
    }
    return bent
  }

  effects(): FaultEffects {
    return Object.assign({}, ...this.#faults.map(({ fault, context }) => fault.effects?.(context)))
  }

  clockOffsetSeconds(): number {
    return this.#faults.reduce(
      (sum, { fault, context }) => sum + (fault.clockOffsetSeconds?.(context) ?? 0),
      0
    )
  }
}
