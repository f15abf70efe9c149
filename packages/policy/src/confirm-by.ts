import { parseDecimal, parseUsdc } from '@bursar/core'
import type { ConfirmOptions, PaymentProposal } from '@bursar/fetch'
import type { Policy } from './schema/policy-schema.js'

/**
 * Asks a person about a payment, until the call is aborted.
 *
 * @returns `undefined` where nobody could be asked, or nobody decided.
 */
export type AskPerson = (proposal: PaymentProposal, options?: ConfirmOptions) => Promise<boolean | undefined>

interface Confirming {
  readonly ask: AskPerson | undefined
  readonly maxPriceIncrease: number | undefined
}

/**
 * The `confirm` of a bursar whose policy names the payments that a person is asked about. A price that rose above
 * `maxPriceIncrease` is asked about as well, and refused where nobody answers.
 */
export function confirmBy(
  { above, unanswered = 'refuse' }: NonNullable<Policy['confirm']>,
  { ask, maxPriceIncrease }: Confirming
): (proposal: PaymentProposal, options?: ConfirmOptions) => Promise<boolean> {
  const aboveAtomic = parseUsdc(above)
  return async (proposal, options) => {
    const hasRisen = isAbove(proposal, maxPriceIncrease)
    if (!hasRisen && parseUsdc(proposal.cost) <= aboveAtomic) return true
    return (await ask?.(proposal, options)) ?? (!hasRisen && unanswered === 'pay')
  }
}

/** Digits behind the point that a factor is compared by. */
const FACTOR_DECIMALS = 6

function isAbove({ cost, usual }: PaymentProposal, factor: number | undefined): boolean {
  if (factor === undefined || usual === undefined) return false
  const atomicFactor = parseDecimal(factor.toFixed(FACTOR_DECIMALS), FACTOR_DECIMALS)
  return parseUsdc(cost) * 10n ** BigInt(FACTOR_DECIMALS) > parseUsdc(usual) * atomicFactor
}
