import { hasRisen, parseUsdc } from '@bursar/core'
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
    const isDearer = costsMore(proposal, maxPriceIncrease)
    if (!isDearer && parseUsdc(proposal.cost) <= aboveAtomic) return true
    return (await ask?.(proposal, options)) ?? (!isDearer && unanswered === 'pay')
  }
}

function costsMore({ cost, usual }: PaymentProposal, factor: number | undefined): boolean {
  if (factor === undefined || usual === undefined) return false
  return hasRisen(parseUsdc(cost), parseUsdc(usual), factor)
}
