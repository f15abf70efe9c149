import { csvLines, jsonLines } from '@bursar/audit'
import type { Purchase } from '@bursar/core'
import { withReadingLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { type HistoryOptions, readHistory } from '../options/history-query.js'
import { narrowBy } from '../options/narrow-by.js'
import { purchaseColumns } from '../text/purchase-columns.js'
import { tableLines } from '../text/table.js'
import { writeLines } from '../text/write-lines.js'

/** The options of `history`. */
export interface HistoryVerbOptions extends HistoryOptions {
  readonly by?: readonly string[]
  readonly json?: boolean
  readonly csv?: boolean
}

/** Lists what was bought, newest first, while it is read. */
export async function history(context: CommandContext, options: HistoryVerbOptions): Promise<void> {
  const query = narrowBy(options, options.by)
  await withReadingLedger(context, async (ledger) => {
    const isAny = await writeLines(context, linesOf(context, readHistory(context, ledger, query), options))
    if (!isAny && !options.json) context.out('Nothing was bought.\n')
  })
}

function linesOf(
  context: CommandContext,
  purchases: AsyncIterable<Purchase>,
  { csv, json }: HistoryVerbOptions
): AsyncIterable<string> {
  if (csv) return csvLines(purchases)
  return json ? jsonLines(purchases) : tableLines(context, purchaseColumns(context), purchases)
}
