import { paymentsOf } from './payments-of.js'
import { paidOnce, spent, type Verdict } from './verdict.js'

/**
 * The matchers for `expect.extend` of vitest, jest and Playwright. The fixtures of those runners add them.
 *
 * @example expect.extend(stackMatchers)
 */
export const stackMatchers = {
  /** Exactly one payment has settled. */
  toHavePaidOnce: async (paying: unknown): Promise<Verdict> => paidOnce(await paymentsOf(paying)),
  /** The payments that have settled come to this sum, in decimal USDC. */
  toHaveSpent: async (paying: unknown, usdc: string): Promise<Verdict> =>
    spent(await paymentsOf(paying), usdc)
}
