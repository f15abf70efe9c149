import type { SettleOptions } from '../facilitator/facilitator.js'
import type { RejectionReason } from '../facilitator/rejection-reasons.js'
import type { ServerOffer } from '../payment/protocol.js'
import type { HttpResponse } from '../server/response.js'
import type { Fault, FaultContext, FaultEffects } from './fault.js'
import type { DrawnFault } from './fault-plan.js'
import { faultTable } from './fault-table.js'

/** The faults of one request. Each step of its handling calls one method; without faults nothing changes. */
export class ActiveFaults {
  readonly #faults: readonly { readonly fault: Fault; readonly context: FaultContext }[]

  constructor(drawn: readonly DrawnFault[], shared: Omit<FaultContext, 'options'>) {
    this.#faults = drawn.map(({ name, options }) => ({
      fault: faultTable[name],
      context: { ...shared, options }
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
    return this.#faults.reduce(
      (changed, { fault, context }) => fault.onOffers?.(changed, context) ?? changed,
      offers
    )
  }

  onChallenge(response: HttpResponse): HttpResponse {
    return this.#faults.reduce(
      (changed, { fault, context }) => fault.onChallenge?.(changed, context) ?? changed,
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

  /** Why a valid payment is rejected all the same. */
  rejection(): RejectionReason | undefined {
    return this.#faults.find(({ fault }) => fault.rejects)?.fault.rejects
  }

  settleOptions(): SettleOptions {
    return Object.assign({}, ...this.#faults.map(({ fault, context }) => fault.onSettling?.(context)))
  }

  async afterSettling(response: HttpResponse, challenge: () => HttpResponse): Promise<HttpResponse> {
    let changed = response
    for (const { fault, context } of this.#faults) {
      changed = (await fault.afterSettling?.(changed, challenge, context)) ?? changed
    }
    return changed
  }

  /** What changes in the work that is paid for. */
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
