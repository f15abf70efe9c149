import { amountWords, atomicUsdc, type PurchaseOffer } from '@bursar/core'

/** What purchases of nothing cost. */
export const NO_MONEY = '0 USDC'

/** What purchases cost together, each token by itself, and test money apart: `0.05 USDC and 0.1 USDC (test money)`. */
export function sumWords(offers: readonly PurchaseOffer[]): string {
  const sums = new Map<string, PurchaseOffer>()
  for (const offer of offers) {
    const { token, isTest, upto } = offer
    const unit = JSON.stringify([token?.symbol, token?.decimals, isTest, upto !== undefined && !upto.isTaken])
    const sum = sums.get(unit)
    sums.set(unit, sum ? added(sum, offer) : offer)
  }
  return [...sums.values()].map(amountWords).join(' and ') || NO_MONEY
}

function added(sum: PurchaseOffer, { amountAtomic, cost }: PurchaseOffer): PurchaseOffer {
  return { ...sum, amountAtomic: sum.amountAtomic + amountAtomic, cost: atomicUsdc(sum.cost + cost) }
}

interface Money {
  readonly amount: string
  readonly symbol: string
  readonly isTest?: true | undefined
}

/** One amount in words, such as `0.05 USDC`, or `0.05 USDC (test money)`. */
export function moneyWords({ amount, symbol, isTest }: Money): string {
  return `${amount} ${symbol}${isTest ? ' (test money)' : ''}`
}
