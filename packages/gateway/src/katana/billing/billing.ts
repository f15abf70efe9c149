import type { Facilitator } from '../../facilitator/facilitator.js'
import type { Protocol } from '../../payment/protocol.js'
import type { HttpResponse } from '../../server/response.js'
import { type CreditUnits, creditsToAtomic } from '../catalogue/credits.js'
import type { BillingPath } from './billing-path.js'
import { accountFunding, type FundingContext, type Hold, walletFunding } from './funding-source.js'
import { insufficientBalance, insufficientCredits } from './shortfall.js'
import type { ProvenWallet } from './wallet-proof.js'

/** What the till works with. */
export interface BillingContext extends FundingContext {
  readonly facilitators: readonly Facilitator[]
  readonly protocol: Protocol
  readonly gasAtomic: bigint
  readonly url: () => string
}

/** Takes what requests cost out of accounts and balances. */
export class Billing {
  readonly #context: BillingContext

  constructor(context: BillingContext) {
    this.#context = context
  }

  /** The vault's name for a wallet's balance: by payer, network and asset of what was settled (Katana 56). */
  walletName({ network, address }: ProvenWallet): string | undefined {
    const facilitator = this.#context.facilitators.find((each) => each.network === network)
    return facilitator && nameOf(facilitator, address)
  }

  /** Credits a top-up that was settled. */
  credit(facilitator: Facilitator, payer: string, amount: bigint, transaction: string): void {
    const { balances, newId, nowMs } = this.#context
    const details = { id: newId(), kind: 'top_up', transaction, atMs: nowMs() } as const
    balances.moveWallet(nameOf(facilitator, payer), amount, details)
  }

  /** Gives a payment for a job that failed to the payer's balance (Katana 146). */
  refund(facilitator: Facilitator, payer: string, amount: bigint): void {
    const { balances, newId, nowMs } = this.#context
    balances.moveWallet(nameOf(facilitator, payer), amount, { id: newId(), kind: 'refund', atMs: nowMs() })
  }

  /** Takes credits from what a request is paid from, or tells what is missing. Nothing is taken then. */
  hold(
    path: Extract<BillingPath, { path: 'account' | 'wallet' }>,
    credits: CreditUnits
  ): Hold | HttpResponse {
    if (path.path === 'account') {
      const { key, opening } = path.account
      return accountFunding(this.#context, key, opening).hold(credits) ?? insufficientCredits
    }
    const { facilitators, balances, protocol, gasAtomic, url } = this.#context
    const { network, address } = path.wallet
    const facilitator = facilitators.find((each) => each.network === network)
    if (!facilitator) return insufficientCredits
    const name = nameOf(facilitator, address)
    const hold = walletFunding(this.#context, name).hold(credits)
    if (hold) return hold
    const missingAtomic = creditsToAtomic(credits) - balances.walletBalance(name)
    return insufficientBalance(protocol, facilitator, url(), { missingAtomic, gasAtomic })
  }
}

function nameOf({ network, asset }: Facilitator, payer: string): string {
  return `${network}/${asset}/${network.startsWith('eip155:') ? payer.toLowerCase() : payer}`
}
