import type { Clock, Ledger, Payer } from '@bursar/core'
import type { Store } from '@bursar/ledger/driver'
import type { Plan } from './plan.js'

/** A mend that is taken back, outside of the product: in what stands between the client, the steps, and the world. */
export interface Mutant {
  /** What would be believed. */
  readonly belief: string
  /** Whether a history of this plan could show it. */
  suits(plan: Plan): boolean
  store(store: Store): Store
  ledger(ledger: Ledger): Ledger
  payer(payer: Payer, clock: Clock): Payer
}

/** Nothing is taken back. */
export const noMutant: Mutant = {
  belief: 'everything is as it is',
  suits: () => true,
  store: (store) => store,
  ledger: (ledger) => ledger,
  payer: (payer) => payer
}
