import type { Facilitator } from '../../facilitator/facilitator.js'
import type { Receipt } from '../../payment/charge.js'
import type { Protocol } from '../../payment/protocol.js'
import type { GatewayRuntime } from '../../runtime.js'
import type { HttpResponse } from '../../server/response.js'
import { type CreditUnits, creditsToAtomic } from '../catalogue/credits.js'
import type { HeldFunds } from './billing-path.js'
import { accountFunding, type FundingContext, type Hold, walletFunding } from './funding-source.js'
import { insufficientBalance, insufficientCredits } from './shortfall.js'
import type { ProvenWallet } from './wallet-proof.js'

/** What billing needs. */
export interface BillingContext extends FundingContext {
  readonly facilitators: readonly Facilitator[]
  readonly protocol: Protocol
  readonly runtime: GatewayRuntime
  readonly gasAtomic: bigint
}

/** Charges requests to accounts and balances, and credits top-ups and refunds. */
export class Billing {
  readonly #context: BillingContext

  constructor(context: BillingContext) {
    this.#context = context
  }

  /** Atomic USDC on a wallet's balance. A wallet that was never topped up has none (Katana 67). */
  balanceOf(wallet: ProvenWallet): bigint {
    return this.#context.balances.walletBalance(this.walletKey(wallet))
  }

  /** Identifies a wallet's balance by network, asset and payer (Katana 56). */
  walletKey({ network, address }: ProvenWallet): string {
    const facilitator = this.#context.facilitators.find((each) => each.network === network)
    return facilitator ? keyOf(facilitator, address) : ''
  }

  /** Credits a top-up that was settled. `amountAtomic` is the payment without gas. */
  credit({ facilitator, payer, transaction }: Receipt, amountAtomic: bigint): void {
    const { balances, runtime } = this.#context
    const details = { id: runtime.newId(), kind: 'top_up', transaction, atMs: runtime.nowMs() } as const
    balances.moveWallet(keyOf(facilitator, payer), amountAtomic, details)
  }

  /** Refunds a payment for a job that failed, to the payer's balance (Katana 146). */
  refund({ facilitator, payer }: Receipt, amountAtomic: bigint): void {
    const { balances, runtime } = this.#context
    const details = { id: runtime.newId(), kind: 'refund', atMs: runtime.nowMs() } as const
    balances.moveWallet(keyOf(facilitator, payer), amountAtomic, details)
  }

  /** Reserves credits, or builds the response that says what is missing. Nothing is reserved then. */
  hold(funds: HeldFunds, credits: CreditUnits): Hold | HttpResponse {
    if (funds.path === 'account')
      return accountFunding(this.#context, funds.account).hold(credits) ?? insufficientCredits
    const { facilitators, balances, protocol, gasAtomic, runtime } = this.#context
    const { network, address } = funds.wallet
    const facilitator = facilitators.find((each) => each.network === network)
    if (!facilitator) return insufficientCredits
    const key = keyOf(facilitator, address)
    const hold = walletFunding(this.#context, key).hold(credits)
    if (hold) return hold
    const subtotalAtomic = creditsToAtomic(credits) - balances.walletBalance(key)
    return insufficientBalance({ protocol, facilitator }, runtime.url(), { subtotalAtomic, gasAtomic })
  }
}

function keyOf({ network, asset }: Facilitator, payer: string): string {
  return `${network}/${asset}/${network.startsWith('eip155:') ? payer.toLowerCase() : payer}`
}
