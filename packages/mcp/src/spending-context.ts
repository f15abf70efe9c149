import type { Clock, Ledger } from '@bursar/core'
import type { Limits } from '@bursar/fetch'

/** What tells what calls spend, and what is left. */
export interface SpendingContext {
  /** The bursar's ledger. Required. @example { ledger: sqliteLedger() } */
  readonly ledger: Ledger
  /** The bursar's limits, which the tools report on. Required. @example { limits: { payment: '0.25', day: '5.00' } } */
  readonly limits: Limits
  /**
   * The bursar's limits where they change while it lives. Default: `limits`.
   *
   * @example { currentLimits: () => settings.limits }
   */
  readonly currentLimits?: (() => Limits) | undefined
  /** Tells the time. Required. @example { clock: systemClock } */
  readonly clock: Clock
  /** Makes a new word for each call, by which its purchases are found in the ledger. Required. @example { newId: randomUUID } */
  readonly newId: () => string
}
