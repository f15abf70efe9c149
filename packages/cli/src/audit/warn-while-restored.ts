import type { Ledger } from '@bursar/core'
import type { CommandContext } from '../context.js'

/** Says that a restored record pays nothing even now: what was looked at was not all that its accounts may have paid since. */
export async function warnWhileRestored(
  { warn }: Pick<CommandContext, 'warn'>,
  ledger: Pick<Ledger, 'status'>
): Promise<void> {
  const { restored } = await ledger.status()
  if (restored)
    warn(
      'The record was restored, and pays nothing until every network was looked at where its accounts paid in the month before, from its newest purchase on: leave out --network, --testnet and --days, and give each such network its endpoint by --rpc.\n'
    )
}
