import type { TopUpRule } from '@bursar/generation/katana'
import type { Policy } from '@bursar/policy'
import { UsageError } from '../usage-error.js'

/** A service that keeps a prepaid balance. */
export type BalanceService = 'katana' | 'venice'

/**
 * The rule by which the balance at a service is topped up.
 *
 * @throws {UsageError} when it lacks one of its two amounts.
 */
export function topUpRuleOf({ topUp }: Policy, service: BalanceService): TopUpRule | undefined {
  const rule = topUp?.[service]
  if (rule === undefined) return undefined
  const { amount, perDay, ...others } = rule
  if (amount !== undefined && perDay !== undefined) return { ...others, amount, perDay }
  throw new UsageError(
    `A rule for top-ups needs both: --topup 1.00 --topup-per-day 5.00, or topUp.${service}.amount and perDay`
  )
}
