import { bursarErrorOf, formatUsdc, type Ledger } from '@bursar/core'
import { readSpending } from '@bursar/fetch'
import { memoryLedger } from '@bursar/ledger'
import type { Policy } from '@bursar/policy'
import { ledgerPlace } from '../accounts/open-ledger.js'
import { withReadingLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { isAbsent } from '../files/is-absent.js'

/**
 * What is left of each limit on a sum, in decimal USDC, by its name: `day`, `hosts.kat.imgnai.com.day`. All of it where there is
 * no record yet. Empty where the record cannot be read: what is set can be shown all the same.
 */
export async function limitsLeft(
  context: CommandContext,
  limits: NonNullable<Policy['limits']>
): Promise<ReadonlyMap<string, string>> {
  if (Object.keys(limits).every((name) => name === 'payment')) return new Map()
  const { path } = ledgerPlace(context)
  if (path !== undefined && isAbsent(path)) return readLeft(memoryLedger(), limits)
  try {
    return await withReadingLedger(context, (ledger) => readLeft(ledger, limits))
  } catch (error) {
    if (bursarErrorOf(error, 'ledger/unavailable')) return new Map()
    throw error
  }
}

async function readLeft(
  ledger: Ledger,
  limits: NonNullable<Policy['limits']>
): Promise<ReadonlyMap<string, string>> {
  const { perHost: _, perLabel: __, hosts = {}, payment = '0', ...sums } = limits
  const rows = await readSpending(ledger, { ...sums, hosts, payment }, { hosts: Object.keys(hosts) })
  return new Map(rows.map(({ name, left }) => [name.replaceAll(' ', '.'), formatUsdc(left)]))
}
