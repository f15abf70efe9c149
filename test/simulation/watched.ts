import type { Contents } from './contents.js'
import type { Intent } from './intent.js'
import type { Plan } from './plan.js'
import type { Scheduler } from './scheduler.js'
import type { SimulatedChain } from './simulated-chain.js'

/** What is looked at. */
export interface Watched {
  readonly plan: Plan
  readonly scheduler: Scheduler
  readonly chain: SimulatedChain
  readonly contents: Contents
}

/** An authorization that went over the wire, and what it was sent for. */
export interface Sent {
  readonly reference: string
  readonly intent: Intent
  /** For the last time. */
  readonly atMs: number
}

/** A payment on the wire. */
export interface Arrival {
  readonly reference: string
  readonly intent: Intent
  /** The call that sends it. */
  readonly call: number
}
