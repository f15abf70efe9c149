import { challengeFaults } from './challenge-faults.js'
import type { Fault, FaultOptions } from './fault.js'
import { settlementFaults } from './settlement-faults.js'
import { transportFaults } from './transport-faults.js'
import { workFaults } from './work-faults.js'

const table = { ...settlementFaults, ...transportFaults, ...challengeFaults, ...workFaults }

/** A way in which the gateway can be told to misbehave. */
export type FaultName = keyof typeof table

/** Every fault by name. */
export const faultTable: Readonly<Record<FaultName, Fault>> = table

/** Guards the name of a fault. */
export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(table, name)
}

/** The first option that a fault needs and is not given. */
export function missingOption(name: FaultName, options: FaultOptions): string | undefined {
  return faultTable[name].requires?.find((option) => options[option] === undefined)
}
