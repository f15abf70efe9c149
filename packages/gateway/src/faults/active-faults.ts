import type { SettleOptions } from '../facilitator/facilitator.js'
import type { Offered } from '../payment/protocol.js'
import type { Answer } from '../server/answer.js'
import type { Bend, Fault, FaultContext } from './fault.js'
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

  async onArrival(): Promise<Answer | undefined> {
    for (const { fault, context } of this.#faults) {
      const answer = await fault.onArrival?.(context)
      if (answer) return answer
    }
    return undefined
  }

  onOffers(offers: readonly Offered[]): readonly Offered[] {
    return this.#faults.reduce((bent, { fault, context }) => fault.onOffers?.(bent, context) ?? bent, offers)
  }

  onChallenge(answer: Answer): Answer {
    return this.#faults.reduce(
      (bent, { fault, context }) => fault.onChallenge?.(bent, context) ?? bent,
      answer
    )
  }

  beforeSettling(): Answer | undefined {
    for (const { fault, context } of this.#faults) {
      const answer = fault.beforeSettling?.(context)
      if (answer) return answer
    }
    return undefined
  }

  settleOptions(): SettleOptions {
    return Object.assign({}, ...this.#faults.map(({ fault, context }) => fault.onSettling?.(context)))
  }

  async afterSettling(answer: Answer, challenge: () => Answer): Promise<Answer> {
    let bent = answer
    for (const { fault, context } of this.#faults) {
      bent = (await fault.afterSettling?.(bent, challenge, context)) ?? bent
    }
    return bent
  }

  bend(): Bend {
    return Object.assign({}, ...this.#faults.map(({ fault, context }) => fault.bends?.(context)))
  }

  clockOffsetSeconds(): number {
    return this.#faults.reduce(
      (sum, { fault, context }) => sum + (fault.clockOffsetSeconds?.(context) ?? 0),
      0
    )
  }
}
