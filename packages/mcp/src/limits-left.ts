import { formatUsdc, parseUsdc } from '@bursar/core'
import { readSpending } from '@bursar/fetch'
import type { SpendingContext } from './spending-context.js'

/** What is left of each limit, in words. */
export async function limitsLeft({
  ledger,
  limits: atStart,
  currentLimits
}: Pick<SpendingContext, 'ledger' | 'limits' | 'currentLimits'>): Promise<Readonly<Record<string, string>>> {
  const limits = currentLimits?.() ?? atStart
  const rows = await readSpending(ledger, limits)
  return {
    'each payment': `at most ${formatUsdc(parseUsdc(limits.payment))} USD`,
    ...Object.fromEntries(
      rows.map(({ name, left, limit }) => [name, `${formatUsdc(left)} of ${formatUsdc(limit)} USD`])
    )
  }
}
