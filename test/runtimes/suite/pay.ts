/** A paid call on each chain, for tools that bundle or load the packages in their own way. */
import { type Results, runChecks } from './check.js'
import { payments } from './payments.js'
import type { World } from './world.js'

/** Runs the checks of payments alone. */
export function pay(world: World): Promise<Results> {
  return runChecks(world, payments)
}
