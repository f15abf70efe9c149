import { systemClock } from '@bursar/core'
import { withWatchingBursar } from '../accounts/open-accounts.js'
import type { CommandContext } from '../context.js'
import { exitCodes } from '../exit-code.js'
import { prepaidJson, prepaidRow, walletJson, walletRow } from '../text/balance-rows.js'
import { table } from '../text/table.js'

/** Shows USDC and gas of every account, and every prepaid balance that was topped up from here. */
export async function balance(context: CommandContext, { json }: { readonly json?: boolean }): Promise<void> {
  const { wallets, prepaid } = await withWatchingBursar(context, async (bursar) => {
    const { findPrepaid } = await import('../accounts/prepaid-balances.js')
    return bursar.balances({ prepaid: await findPrepaid(bursar, systemClock.nowMs()) })
  })
  const proven = prepaid.filter(({ address }) => address !== undefined)
  if (json) {
    const found = { wallets: wallets.map(walletJson), prepaid: proven.map(prepaidJson) }
    context.out(`${JSON.stringify(found)}\n`)
  } else context.out(table([...wallets.map(walletRow), ...proven.map(prepaidRow)], context.columns))
  if (proven.length < prepaid.length)
    context.err('Prepaid balances are left out: they need the passphrase (--passphrase-fd or --keychain).\n')
  if ([...wallets, ...proven].some(({ usdc }) => usdc === undefined))
    context.progress.exitCode = exitCodes.failed
}
