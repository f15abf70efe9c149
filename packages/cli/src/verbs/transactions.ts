import { withSigningBursar } from '../accounts/open-accounts.js'
import { type BalanceOptions, openBalance } from '../accounts/open-balance.js'
import type { CommandContext } from '../context.js'
import { table } from '../text/table.js'

/** The options of `transactions`. */
export interface TransactionsVerbOptions extends BalanceOptions {
  readonly json?: boolean
}

/** Lists the movements on a prepaid balance, newest first. */
export async function transactions(context: CommandContext, options: TransactionsVerbOptions): Promise<void> {
  await withSigningBursar(context, async (bursar) => {
    const rows: (readonly string[])[] = []
    for await (const movement of openBalance(context, bursar, options).transactions()) {
      if (options.json) context.out(`${JSON.stringify(movement)}\n`)
      else
        rows.push([movement.at ?? '', movement.type, `${movement.amount} USDC`, movement.transaction ?? ''])
    }
    if (options.json) return
    context.out(rows.length === 0 ? 'Nothing has moved.\n' : table(rows, context.columns))
  })
}
