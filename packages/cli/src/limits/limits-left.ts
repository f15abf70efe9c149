import { existsSync } from 'node:fs'
import { formatUsdc } from '@bursar/core'
import { readSpending } from '@bursar/fetch'
import type { Policy } from '@bursar/policy'
import { ledgerPlace } from '../accounts/open-ledger.js'
import { withLedger } from '../accounts/with-ledger.js'
import type { PolicyContext } from '../policy/command-policy.js'

/** What is left of each limit on a sum, in decimal USDC. Empty where there is no record yet. */
export async function limitsLeft(
  context: PolicyContext,
  limits: NonNullable<Policy['limits']>
): Promise<ReadonlyMap<string, string>> {
  const { path } = ledgerPlace(context)
  if (path !== undefined && !existsSync(path)) return new Map()
  return withLedger(context, async (ledger) => {
    const rows = await readSpending(ledger, { ...limits, payment: limits.payment ?? '0' })
    return new Map(rows.map(({ name, left }) => [name, formatUsdc(left)]))
  })
}
