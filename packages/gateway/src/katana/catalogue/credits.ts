import { formatDecimal, parseDecimal } from '@bursar/core'
import { catalogue } from './catalogue.js'

/** Ten-thousandths of a credit. Every price of the catalogue is a whole number of them. */
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

/** Writes credits with one decimal at least, as the balance of an account has them: `200.0` (Katana 147). */
export function formatBalance(credits: CreditUnits): string {
  const text = formatCredits(credits)
  return text.includes('.') ? text : `${text}.0`
}

/** Rounds up to the next tenth of a credit. */
export function ceilToStep(credits: CreditUnits): CreditUnits {
  return ((credits + STEP - 1n) / STEP) * STEP
}

/** What credits cost at the reference rate, in atomic USDC, rounded up. */
export function creditsToAtomic(credits: CreditUnits): bigint {
  // Both factors are in ten-thousandths, so a hundred of their product are one millionth of a dollar.
  return (credits * usdPerCreditUnits + 99n) / 100n
}
