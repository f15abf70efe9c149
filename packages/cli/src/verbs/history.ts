import { csvLines, jsonLines } from '@bursar/audit'
import { withLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { type HistoryOptions, historyQuery } from '../options/history-query.js'
import { purchasesOf } from '../options/test-money.js'
import { purchaseRow } from '../text/purchase-row.js'
import { table } from '../text/table.js'

/** The options of `history`. */
export interface HistoryVerbOptions extends HistoryOptions {
  readonly json?: boolean
  readonly csv?: boolean
}

/** Lists what was bought, newest first. */
export async function history(context: CommandContext, options: HistoryVerbOptions): Promise<void> {
  const query = historyQuery(options)
  await withLedger(context, async (ledger) => {
    const purchases = purchasesOf(context.env, ledger.history(query))
    if (options.csv || options.json) {
      for await (const line of options.csv ? csvLines(purchases) : jsonLines(purchases)) context.out(line)
      return
    }
    const rows: (readonly string[])[] = []
    for await (const purchase of purchases) rows.push(purchaseRow(purchase))
    context.out(rows.length === 0 ? 'Nothing was bought.\n' : table(rows, context.columns))
  })
}
