import { formatDecimal, parseDecimal } from '@bursar/core'
import { catalogue } from './catalogue.js'

/** Ten-thousandths of a credit, so that every price of the catalogue and every share of it is whole. */
export type CreditUnits = bigint

const DECIMALS = 4
/** A tenth of a credit, the smallest step of a charge. */
const STEP: CreditUnits = 1000n
const usdPerCreditUnits = parseDecimal(catalogue.referenceUsdPerCredit, DECIMALS)

/** Reads credits as the catalogue prints them. */
export function parseCredits(text: string): CreditUnits {
  return parseDecimal(text, DECIMALS)
}

/** Writes credits as decimal text, as `credits_spent` has them. */
export function formatCredits(credits: CreditUnits): string {
  return formatDecimal(credits, DECIMALS)
}

/** Rounds up to the next tenth of a credit. */
export function ceilToStep(credits: CreditUnits): CreditUnits {
  return ((credits + STEP - 1n) / STEP) * STEP
}

/** What credits cost at the reference price, in atomic USDC, rounded up. */
export function creditsToAtomic(credits: CreditUnits): bigint {
  // Both factors count ten-thousandths: a hundred of their product make one millionth of a dollar.
  return (credits * usdPerCreditUnits + 99n) / 100n
}
