import { formatUsdc, parseUsdc } from '@bursar/core'
import { readSpending } from '@bursar/fetch'
import type { SpendingContext } from './spending-context.js'

/** What is left of each limit, in words. */
export async function limitsLeft({
  ledger,
  limits
}: Pick<SpendingContext, 'ledger' | 'limits'>): Promise<Readonly<Record<string, string>>> {
  const rows = await readSpending(ledger, limits)
  return {
    'each payment': `at most ${formatUsdc(parseUsdc(limits.payment))} USDC`,
    ...Object.fromEntries(
      rows.map(({ name, left, limit }) => [name, `${formatUsdc(left)} of ${formatUsdc(limit)} USDC`])
    )
  }
}
