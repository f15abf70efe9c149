import { checkOptions, type OptionChecks } from '@bursar/core'
import { faultChecks } from '../../faults/fault-checks.js'
import type { FaultOptions } from '../../faults/fault-options.js'
import type { Faults } from '../../faults/fault-plan.js'
import type { FaultName } from '../../faults/fault-table.js'
import { unknownNameMessage } from '../../faults/unknown-fault.js'

/** What a fault is, and on which of the two requests. */
interface FacilitatorFault {
  readonly fault: FaultName
  readonly paths: readonly ('/verify' | '/settle')[]
}

const table = {
  'says-no': { fault: 'payment-rejected', paths: ['/verify'] },
  'verifies-and-then-fails': { fault: 'payment-rejected', paths: ['/settle'] },
  'settles-and-loses-the-answer': { fault: 'answer-lost-after-settling', paths: ['/settle'] },
  'settles-and-does-not-wait': { fault: 'settlement-pending', paths: ['/settle'] },
  'is-slow': { fault: 'slow', paths: ['/verify', '/settle'] }
} as const satisfies Readonly<Record<string, FacilitatorFault>>

/** The name of a way in which the facilitator can misbehave towards a server of one's own. */
export type FacilitatorFaultName = keyof typeof table

/** How a fault of the facilitator is armed. */
export type FacilitatorFaultOptions = Pick<FaultOptions, 'times' | 'delayMs'>

const optionChecks: OptionChecks<FacilitatorFaultOptions> = {
  times: faultChecks.times,
  delayMs: faultChecks.delayMs
}

/** Arms faults of `/verify` and `/settle`, and of nothing else that the gateway serves. */
export interface FacilitatorFaults {
  /**
   * Arms a fault for the next request, or for the next `times`.
   *
   * - `says-no`: `/verify` rejects a valid payment.
   * - `verifies-and-then-fails`: `/settle` rejects a payment that `/verify` found valid; nothing is settled.
   * - `settles-and-loses-the-answer`: `/settle` settles and closes the connection.
   * - `settles-and-does-not-wait`: `/settle` sends the transfer and answers that it is pending.
   * - `is-slow`: either waits `delayMs`, by default a second.
   *
   * @throws {TypeError} when there is no such fault, or an option is unknown or malformed.
   * @example gateway.facilitator.faults.next('settles-and-loses-the-answer', { times: 2 })
   */
  next(name: FacilitatorFaultName, options?: FacilitatorFaultOptions): void
}

/** The faults of the facilitator, as faults of the gateway on its two requests. */
export function facilitatorFaults(plan: Faults): FacilitatorFaults {
  return {
    next(name, options = {}) {
      if (!Object.hasOwn(table, name)) throw new TypeError(unknownNameMessage(name, Object.keys(table)))
      checkOptions(options, optionChecks, 'options')
      const { fault, paths } = table[name]
      const served: readonly string[] = paths
      plan.next(fault, { ...options, match: ({ path }) => served.includes(path) })
    }
  }
}
