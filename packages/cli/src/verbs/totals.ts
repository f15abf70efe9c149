import { type Total, type TotalsBy, totals } from '@bursar/audit'
import { formatUsdc } from '@bursar/core'
import { withLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { type HistoryOptions, historyQuery } from '../options/history-query.js'
import { isTestnet } from '../options/network-options.js'
import { countedOf } from '../options/test-money.js'
import { table } from '../text/table.js'
import { UsageError } from '../usage-error.js'

/** The options of `totals`. */
export interface TotalsVerbOptions extends HistoryOptions {
  readonly by: string
  readonly json?: boolean
}

/** Adds up what was spent. */
export async function showTotals(context: CommandContext, options: TotalsVerbOptions): Promise<void> {
  const [query, by] = [historyQuery(options), parseBy(options.by)]
  const sums = await withLedger(context, (ledger) =>
    totals(countedOf(context.env, ledger.history(query)), by)
  )
  const unit = isTestnet(context.env) ? 'of test money' : 'USD'
  const rows = sums.map(({ key, settled, spent, fromBalance, outstanding, ofTests }) => ({
    key,
    settled,
    spent: formatUsdc(spent),
    fromBalance: formatUsdc(fromBalance),
    outstanding: formatUsdc(outstanding),
    ofTests: formatUsdc(ofTests)
  }))
  if (options.json) return context.out(`${JSON.stringify({ by: options.by, totals: sums.map(totalJson) })}\n`)
  const cells = rows.map(({ key, settled, spent, fromBalance, outstanding, ofTests }) => [
    key || '-',
    `${spent} ${unit}`,
    `${settled} paid`,
    fromBalance === '0' ? '' : `${fromBalance} ${unit} from balances`,
    outstanding === '0' ? '' : `${outstanding} in flight`,
    ofTests === '0' ? '' : `${ofTests} of test money`
  ])
  context.out(cells.length === 0 ? 'Nothing was bought.\n' : table(cells, context.columns))
}

function parseBy(by: string): TotalsBy {
  if (by === 'day' || by === 'host' || by === 'network') return by
  if (/^label:./.test(by)) return { label: by.slice('label:'.length) }
  throw new UsageError(`--by is day, host, network or label:NAME, not "${by.slice(0, 40)}"`)
}

function totalJson({ key, settled, spent, fromBalance, outstanding, ofTests }: Total) {
  return {
    key,
    settled,
    spent: formatUsdc(spent),
    spentAtomic: String(spent),
    fromBalance: formatUsdc(fromBalance),
    fromBalanceAtomic: String(fromBalance),
    outstanding: formatUsdc(outstanding),
    outstandingAtomic: String(outstanding),
    ofTests: formatUsdc(ofTests),
    ofTestsAtomic: String(ofTests)
  }
}
