import type { Chance } from '../chance.js'
import type { CallSignals } from './call-signals.js'
import type { Faults } from './faults.js'
import type { Plan } from './plan.js'
import type { Scheduler } from './scheduler.js'
import type { SimulatedChain } from './simulated-chain.js'
import type { Watcher } from './watcher.js'

/** What everything that is simulated lives in. */
export interface World {
  readonly plan: Plan
  readonly chance: Chance
  readonly faults: Faults
  readonly scheduler: Scheduler
  readonly chain: SimulatedChain
  readonly watcher: Watcher
  readonly calls: CallSignals
}
