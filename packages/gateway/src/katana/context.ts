import type { BalanceStore } from '../balances/balance-store.js'
import type { Facilitator } from '../facilitator/facilitator.js'
import type { PaymentService } from '../payment/payment-service.js'
import type { Price, Protocol } from '../payment/protocol.js'
import type { GatewayRuntime } from '../runtime.js'
import type { HttpRequest } from '../server/request.js'
import type { Accounts } from './billing/accounts.js'
import type { Billing } from './billing/billing.js'
import { type CreditUnits, creditsToAtomic } from './catalogue/credits.js'
import type { ReplyScript } from './chat/reply-script.js'
import type { JobService } from './generation/job-service.js'
import type { KatanaSettings } from './options.js'

/** What Katana's routes need. */
export interface KatanaContext {
  readonly settings: KatanaSettings
  readonly runtime: GatewayRuntime
  readonly payments: PaymentService
  readonly protocol: Protocol
  readonly facilitators: readonly Facilitator[]
  readonly accounts: Accounts
  readonly balances: BalanceStore
  readonly billing: Billing
  readonly jobs: JobService
  readonly script: ReplyScript
}

/** The price of credits: at the reference rate, plus gas (Katana 53). */
export function priceOf({ settings }: Pick<KatanaContext, 'settings'>, credits: CreditUnits): Price {
  return { subtotalAtomic: creditsToAtomic(credits), gasAtomic: settings.gasAtomic }
}

/** The full URL of a request, as a challenge names it. */
export function urlOf({ runtime }: Pick<KatanaContext, 'runtime'>, { path, query }: HttpRequest): string {
  return `${runtime.url()}${path}${query}`
}
