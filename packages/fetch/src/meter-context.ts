import type { Clock, Ledger, RandomBytes } from '@bursar/core'
import type { Policy } from './policy/policy.js'

/** What a meter needs. */
export interface MeterContext {
  readonly policy: Policy
  readonly ledger: Ledger
  readonly clock: Clock
  readonly random: RandomBytes
}
