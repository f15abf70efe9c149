import { formatUsdc, type JsonObject } from '@bursar/core'
import { type CreditUnits, creditsToAtomic, formatCredits } from '../credits.js'
import type { Vault } from './vault.js'

/** What a request is paid from when no payment comes along with it. */
export interface Purse {
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
export interface PurseContext {
  readonly vault: Vault
  readonly nowMs: () => number
  readonly newId: () => string
}

/** The credits of an API key's account (Katana 81). */
export function accountPurse({ vault }: PurseContext, account: string, opening: CreditUnits): Purse {
  return {
    hold(reserved) {
      if (!vault.moveCredits(account, -reserved, opening)) return undefined
      return {
        settle(used) {
          const beyond = used > reserved && vault.moveCredits(account, reserved - used, opening)
          const charged = used > reserved && !beyond ? reserved : used
          if (charged < reserved) vault.moveCredits(account, reserved - charged, opening)
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
export function walletPurse({ vault, nowMs, newId }: PurseContext, wallet: string): Purse {
  return {
    hold(reserved) {
      const held = creditsToAtomic(reserved)
      const move = (kind: 'debit' | 'refund', amount: bigint): boolean =>
        vault.moveWallet(wallet, amount, { id: newId(), kind, atMs: nowMs() })
      if (!move('debit', -held)) return undefined
      return {
        settle(used) {
          const cost = creditsToAtomic(used)
          const beyond = cost > held && move('debit', held - cost)
          if (cost < held) move('refund', held - cost)
          return {
            paid_usdc: formatUsdc(cost > held && !beyond ? held : cost),
            wallet_balance_after_usdc: formatUsdc(vault.walletBalance(wallet)),
            billing_source: 'x402_wallet_balance'
          }
        }
      }
    }
  }
}
