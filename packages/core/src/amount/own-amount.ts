import type { PurchaseOffer } from '../interfaces/purchase.js'
import { formatDecimal, formatUsdc } from './atomic.js'

/** What a purchase pays, as the ledger keeps it. */
type Paid = Pick<PurchaseOffer, 'amountAtomic' | 'cost' | 'token' | 'isTest'>

/** An amount in its own token. */
export interface OwnAmount {
  /** Decimal, in units of the token, such as `0.5`. */
  readonly amount: string
  /** Such as `USDC` or `EURC`. */
  readonly symbol: string
}

/** What a purchase pays, in its own token. */
export function ownAmountOf({ amountAtomic, cost, token }: Paid): OwnAmount {
  return token
    ? { amount: formatDecimal(amountAtomic, token.decimals), symbol: token.symbol }
    : { amount: formatUsdc(cost), symbol: 'USDC' }
}

/** The same in words: `0.5 EURC`, or `0.01 USDC (test money)`. */
export function amountWords(paid: Paid): string {
  const { amount, symbol } = ownAmountOf(paid)
  return `${amount} ${symbol}${paid.isTest ? ' (test money)' : ''}`
}
