import { type Check, type KeptLedger, type Results, runChecks } from './check.js'
import { kept } from './kept.js'
import { payments } from './payments.js'
import { services } from './services.js'
import type { World } from './world.js'

/** Everything that is promised of runtimes, in the order of README's table. */
export const checks: readonly Check[] = [...payments, ...services, ...kept]

/** Runs all that a runtime can have. */
export function runSuite(world: World, keptLedger?: KeptLedger): Promise<Results> {
  return runChecks(world, checks, keptLedger)
}
