import type { Movement } from '@bursar/generation/katana'
import { withProvingBursar } from '../accounts/open-accounts.js'
import { type BalanceOptions, openBalance } from '../accounts/open-balance.js'
import type { CommandContext } from '../context.js'
import { amountColumn } from '../text/purchase-columns.js'
import { type Column, table } from '../text/table.js'
import { cutMiddle } from '../text/text-width.js'
import { type TimeZoned, timeFormatter, zoneName } from '../text/time-text.js'

/** The options of `transactions`. */
export interface TransactionsVerbOptions extends BalanceOptions {
  readonly json?: boolean
}

/** Lists the movements on a prepaid balance, newest first. */
export async function transactions(context: CommandContext, options: TransactionsVerbOptions): Promise<void> {
  await withProvingBursar(context, async (bursar) => {
    const movements: Movement[] = []
    const balance = await openBalance(context, { bursar }, options)
    for await (const movement of balance.transactions()) {
      if (options.json) context.out(`${JSON.stringify(movement)}\n`)
      else movements.push(movement)
    }
    if (options.json) return
    if (movements.length === 0) return context.out('Nothing has moved.\n')
    context.out(table(context, movementColumns(context), movements))
  })
}

function movementColumns(zone: TimeZoned): readonly Column<Movement>[] {
  const format = timeFormatter(zone)
  return [
    { header: `When (${zoneName(zone)})`, cell: ({ at = '' }) => timeOr(at, format) },
    { header: 'Kind', cell: ({ type }) => type },
    amountColumn(({ amount }) => `${amount} USDC`),
    {
      header: 'Transaction',
      cell: ({ transaction = '' }) => transaction,
      shrink: { order: 1, min: 13, cut: cutMiddle }
    }
  ]
}

/** The service writes a time as it likes. */
function timeOr(text: string, format: (ms: number) => string): string {
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? text : format(ms)
}
