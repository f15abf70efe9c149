import { type AtomicUsdc, formatUsdc } from '../amount/atomic.js'
import type { BudgetUsage } from '../interfaces/reservation.js'
import { BursarError } from './bursar-error.js'

/**
 * The error that every store throws when a reservation does not fit a budget. Limits are in dollars.
 *
 * @param words what is paid, in its own token. Default: `cost`, in dollars, as an account is charged.
 */
export function overLimitError(
  { budget, used }: BudgetUsage,
  cost: AtomicUsdc,
  words = `${formatUsdc(cost)} USD`
): BursarError<'offer/over-limit'> {
  const [requested, allowed, held] = [formatUsdc(cost), formatUsdc(budget.limit), formatUsdc(used)]
  return new BursarError('offer/over-limit', {
    message:
      `Paying ${words} would pass the limit "${budget.name}" of ${allowed} USD, ` +
      `of which ${held} is spent or could still settle. Nothing was signed.`,
    context: { limit: budget.name, allowed, requested, used: held },
    moneyState: 'none'
  })
}
