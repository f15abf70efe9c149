import type { Clock, RandomBytes } from '@bursar/core'
import type { Facilitator } from '../facilitator/facilitator.js'
import type { PaymentDesk } from '../payment/desk.js'
import type { Price, Protocol } from '../payment/protocol.js'
import type { BillingContext } from './billing/billing-path.js'
import type { Till } from './billing/till.js'
import type { Vault } from './billing/vault.js'
import { type CreditUnits, creditsToAtomic } from './credits.js'
import type { GenerationDesk } from './generation-desk.js'
import type { KatanaSettings } from './options.js'

/** What Katana's routes work with. */
export interface KatanaContext {
  readonly settings: KatanaSettings
  readonly desk: PaymentDesk
  readonly protocol: Protocol
  readonly generation: GenerationDesk
  readonly facilitators: readonly Facilitator[]
  readonly billing: BillingContext
  readonly till: Till
  readonly vault: Vault
  readonly clock: Clock
  readonly random: RandomBytes
  readonly newId: () => string
  readonly sleep: (ms: number) => Promise<void>
  /** Of the gateway. */
  readonly url: () => string
}

/** Katana 53: from the catalogue, plus gas. */
export function priceOf({ settings }: KatanaContext, credits: CreditUnits): Price {
  return { subtotalAtomic: creditsToAtomic(credits), gasAtomic: settings.gasAtomic }
}
