import { formatUsdc, type JsonObject } from '@bursar/core'
import type { BalanceStore } from '../../balances/balance-store.js'
import type { GatewayRuntime } from '../../runtime.js'
import { type CreditUnits, creditsToAtomic, formatCredits } from '../catalogue/credits.js'
import type { AuthenticatedAccount } from './accounts.js'

/** Funds that the gateway holds and that pay for requests. */
export interface FundingSource {
  /** Reserves credits. Undefined, and nothing is reserved, when the funds do not suffice. */
  hold(credits: CreditUnits): Hold | undefined
}

/** Credits that are reserved and not charged yet. */
export interface Hold {
  /**
   * Charges what was used and releases the rest. What was used above the reserve is charged too, as far as the
   * funds suffice (Katana 80).
   *
   * @returns what `usage.imgnai` reports of the charge.
   */
  settle(used: CreditUnits): JsonObject
}

/** What a funding source needs. */
export interface FundingContext {
  readonly balances: BalanceStore
  readonly runtime: Pick<GatewayRuntime, 'nowMs' | 'newId'>
}

/** The credits of an API key's account (Katana 81). */
export function accountFunding(
  { balances }: FundingContext,
  { key, openingCredits }: AuthenticatedAccount
): FundingSource {
  const move = (credits: CreditUnits): boolean => balances.moveAccount(key, credits, openingCredits)
  return {
    hold: (reserved) =>
      move(-reserved) ? { settle: (used) => settleAccount(move, reserved, used) } : undefined
  }
}

function settleAccount(
  move: (credits: CreditUnits) => boolean,
  reserved: CreditUnits,
  used: CreditUnits
): JsonObject {
  const canChargeAll = used <= reserved || move(reserved - used)
  const charged = canChargeAll ? used : reserved
  if (charged < reserved) move(reserved - charged)
  return {
    credits_reserved: formatCredits(reserved),
    credits_charged: formatCredits(charged),
    credits_refunded: formatCredits(charged < reserved ? reserved - charged : 0n),
    billing_source: 'credits'
  }
}

/** The prepaid USDC of a wallet on one network (Katana 71, 72, 82). */
export function walletFunding({ balances, runtime }: FundingContext, wallet: string): FundingSource {
  const move = (kind: 'debit' | 'refund', amount: bigint): boolean =>
    balances.moveWallet(wallet, amount, { id: runtime.newId(), kind, atMs: runtime.nowMs() })
  const settle = (held: bigint, used: CreditUnits): JsonObject => {
    const cost = creditsToAtomic(used)
    const canChargeAll = cost <= held || move('debit', held - cost)
    if (cost < held) move('refund', held - cost)
    return {
      paid_usdc: formatUsdc(canChargeAll ? cost : held),
      wallet_balance_after_usdc: formatUsdc(balances.walletBalance(wallet)),
      billing_source: 'x402_wallet_balance'
    }
  }
  return {
    hold(reserved) {
      const held = creditsToAtomic(reserved)
      return move('debit', -held) ? { settle: (used) => settle(held, used) } : undefined
    }
  }
}
