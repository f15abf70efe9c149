import { formatUsdc, type JsonObject } from '@bursar/core'
import type { BalanceStore } from '../../balances/balance-store.js'
import { type CreditUnits, creditsToAtomic, formatCredits } from '../catalogue/credits.js'

/** What a request is paid from when no payment comes along with it. */
export interface FundingSource {
  /** Takes as many credits as may be needed, or nothing at all. */
  hold(credits: CreditUnits): Hold | undefined
}

/** Credits that were taken and not yet charged. */
export interface Hold {
  /**
   * Charges what was used, and gives back the rest (Katana 80: what was used beyond is charged too, as far as it is
   * there).
   *
   * @returns what `usage.imgnai` tells of it.
   */
  settle(used: CreditUnits): JsonObject
}

/** A purse's clock and names for its movements. */
export interface FundingContext {
  readonly balances: BalanceStore
  readonly nowMs: () => number
  readonly newId: () => string
}

/** The credits of an API key's account (Katana 81). */
export function accountFunding(
  { balances }: FundingContext,
  account: string,
  opening: CreditUnits
): FundingSource {
  return {
    hold(reserved) {
      if (!balances.moveCredits(account, -reserved, opening)) return undefined
      return {
        settle(used) {
          const beyond = used > reserved && balances.moveCredits(account, reserved - used, opening)
          const charged = used > reserved && !beyond ? reserved : used
          if (charged < reserved) balances.moveCredits(account, reserved - charged, opening)
          return {
            credits_reserved: formatCredits(reserved),
            credits_charged: formatCredits(charged),
            credits_refunded: formatCredits(charged < reserved ? reserved - charged : 0n),
            billing_source: 'credits'
          }
        }
      }
    }
  }
}

/** The prepaid USDC of a wallet on one network (Katana 71, 72, 82). */
export function walletFunding({ balances, nowMs, newId }: FundingContext, wallet: string): FundingSource {
  return {
    hold(reserved) {
      const held = creditsToAtomic(reserved)
      const move = (kind: 'debit' | 'refund', amount: bigint): boolean =>
        balances.moveWallet(wallet, amount, { id: newId(), kind, atMs: nowMs() })
      if (!move('debit', -held)) return undefined
      return {
        settle(used) {
          const cost = creditsToAtomic(used)
          const beyond = cost > held && move('debit', held - cost)
          if (cost < held) move('refund', held - cost)
          return {
            paid_usdc: formatUsdc(cost > held && !beyond ? held : cost),
            wallet_balance_after_usdc: formatUsdc(balances.walletBalance(wallet)),
            billing_source: 'x402_wallet_balance'
          }
        }
      }
    }
  }
}
