import type { PurchaseState } from '@bursar/core'

/** Where a purchase stands: a state of the ledger, or that it was paid and not answered. */
export type StateName = PurchaseState | 'undelivered'

/** What `--state` takes. */
export const stateNames = [
  'reserved',
  'signed',
  'sent',
  'settled',
  'undelivered',
  'dead',
  'released'
] as const satisfies readonly StateName[]
