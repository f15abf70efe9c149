import { challengeFaults } from './challenge-faults.js'
import type { Fault } from './fault.js'
import type { FaultOptions } from './fault-options.js'
import { settlementFaults } from './settlement-faults.js'
import { transportFaults } from './transport-faults.js'
import { workFaults } from './work-faults.js'

const table = { ...settlementFaults, ...transportFaults, ...challengeFaults, ...workFaults }

/** The name of a way in which the gateway can misbehave. */
export type FaultName = keyof typeof table

/** Every fault by name. */
export const faultTable: Readonly<Record<FaultName, Fault>> = table

/** Whether a text is the name of a fault. */
export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(table, name)
}

/** The first option that a fault requires and that is not given. */
export function missingOption(name: FaultName, options: FaultOptions): string | undefined {
  return faultTable[name].requires?.find((option) => options[option] === undefined)
}
