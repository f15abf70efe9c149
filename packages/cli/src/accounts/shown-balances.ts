import { bursarErrorOf, systemClock } from '@bursar/core'
import type { BalanceRows } from '@bursar/dashboard'
import type { Bursar } from 'bursar'
import type { CommandContext } from '../context.js'
import { UsageError } from '../usage-error.js'
import { withReadingBursar } from './open-accounts.js'
import { serviceEndpoint } from './service-endpoint.js'

const needsPassphrase =
  'Prepaid balances are left out: they need the passphrase (bursar unlock, --passphrase-file or --keychain).'

/** Balances for the page. Without an account, or when nothing can be asked, a note says so. */
export async function readShownBalances(context: CommandContext): Promise<BalanceRows> {
  try {
    return await withReadingBursar(context, (bursar) => readRows(context, bursar))
  } catch (error) {
    const message = error instanceof UsageError ? error.message : bursarErrorOf(error)?.message
    if (message === undefined) throw error
    return { rows: [], note: message }
  }
}

async function readRows(context: CommandContext, bursar: Bursar): Promise<BalanceRows> {
  const { balanceRows } = await import('@bursar/dashboard')
  const { findPrepaid } = await import('./prepaid-balances.js')
  const { baseUrl } = serviceEndpoint(context.env, 'katana', undefined)
  const { accounts } = await findPrepaid(bursar, { nowMs: systemClock.nowMs(), katanaUrl: baseUrl })
  const { wallets, prepaid } = await bursar.balances({ prepaid: accounts })
  const proven = prepaid.filter(({ address }) => address !== undefined)
  return {
    rows: balanceRows({ wallets, prepaid: proven }),
    note: proven.length < prepaid.length ? needsPassphrase : ''
  }
}
