import { existsSync } from 'node:fs'
import { formatUsdc } from '@bursar/core'
import { readSpending } from '@bursar/fetch'
import { defaultPath, sqliteLedger } from '@bursar/ledger/sqlite'
import type { CommandContext } from '../context.js'
import type { StoredLimits } from './stored-limits.js'

/** What is left of each limit on a sum, in decimal USDC. Empty where there is no record yet. */
export async function limitsLeft(
  { env }: CommandContext,
  limits: StoredLimits
): Promise<ReadonlyMap<string, string>> {
  const path = defaultPath(env)
  if (!existsSync(path)) return new Map()
  const ledger = sqliteLedger({ path })
  try {
    const rows = await readSpending(ledger, { payment: '0', ...limits })
    return new Map(rows.map(({ name, left }) => [name, formatUsdc(left)]))
  } finally {
    await ledger.close()
  }
}
