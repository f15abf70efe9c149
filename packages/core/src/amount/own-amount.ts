import type { PurchaseOffer } from '../interfaces/purchase.js'
import { formatDecimal, formatUsdc } from './atomic.js'

/** What a purchase pays, as the ledger keeps it. */
type Paid = Pick<PurchaseOffer, 'amountAtomic' | 'cost' | 'token' | 'upto' | 'isTest'>

/** An amount in its own token. */
export interface OwnAmount {
  /** Decimal, in units of the token, such as `0.5`. */
  readonly amount: string
  /** Such as `USDC` or `EURC`. */
  readonly symbol: string
  /** Set where that is the most, and the server takes what its answer did cost (the scheme `upto`). */
  readonly isMost?: true
}

/** What a purchase pays, in its own token. */
export function ownAmountOf({ amountAtomic, cost, token, upto }: Paid): OwnAmount {
  const own = token
    ? { amount: formatDecimal(amountAtomic, token.decimals), symbol: token.symbol }
    : { amount: formatUsdc(cost), symbol: 'USDC' }
  return upto && !upto.isTaken ? { ...own, isMost: true } : own
}

/** The same in words: `0.5 EURC`, `up to 0.1 USDC`, or `0.01 USDC (test money)`. */
export function amountWords(paid: Paid): string {
  const { amount, symbol, isMost } = ownAmountOf(paid)
  return `${isMost ? 'up to ' : ''}${amount} ${symbol}${paid.isTest ? ' (test money)' : ''}`
}
