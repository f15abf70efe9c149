import type { Clock, RandomBytes } from '@bursar/core'
import type { BalanceStore } from '../balances/balance-store.js'
import type { Facilitator } from '../facilitator/facilitator.js'
import type { PaymentService } from '../payment/payment-service.js'
import type { Price, Protocol } from '../payment/protocol.js'
import type { Billing } from './billing/billing.js'
import type { BillingPathContext } from './billing/billing-path.js'
import { type CreditUnits, creditsToAtomic } from './catalogue/credits.js'
import type { JobService } from './generation/job-service.js'
import type { KatanaSettings } from './options.js'

/** What Katana's routes work with. */
export interface KatanaContext {
  readonly settings: KatanaSettings
  readonly payments: PaymentService
  readonly protocol: Protocol
  readonly jobs: JobService
  readonly facilitators: readonly Facilitator[]
  readonly pathContext: BillingPathContext
  readonly billing: Billing
  readonly balances: BalanceStore
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
