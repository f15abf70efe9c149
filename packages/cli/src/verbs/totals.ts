import { sumOf, type Total, type TotalSums, type TotalsKey, totals } from '@bursar/audit'
import { formatUsdc } from '@bursar/core'
import { withReadingLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { type HistoryOptions, readHistory } from '../options/history-query.js'
import { isTestnet } from '../options/network-options.js'
import { countedOf } from '../options/test-money.js'
import { table } from '../text/table.js'
import { keyName, totalsColumns } from '../text/totals-columns.js'
import { wrapText } from '../text/wrap-text.js'
import { UsageError } from '../usage-error.js'

/** The options of `totals`. */
export interface TotalsVerbOptions extends HistoryOptions {
  readonly by: string
  readonly json?: boolean
}

/** What `--by` takes, besides `label:NAME`. */
export const totalsWords = ['day', 'week', 'month', 'host', 'network', 'payer', 'model', 'agent'] as const

/** Adds up what was spent. */
export async function showTotals(context: CommandContext, options: TotalsVerbOptions): Promise<void> {
  const { timeZone } = context
  const by = options.by.split(',').map(parseKey)
  const found = await withReadingLedger(context, (ledger) =>
    totals(countedOf(context.env, readHistory(context, ledger, options)), by, { timeZone })
  )
  if (options.json) return context.out(`${JSON.stringify(totalsJson(timeZone, by, found))}\n`)
  if (found.length === 0) return context.out('Nothing was bought.\n')
  const sum = { ...sumOf(found), keys: by.map((_, at) => (at === 0 ? 'Sum' : ' ')) }
  context.out(
    table(context, totalsColumns(by, isTestnet(context.env) ? 'of test money' : 'USD'), [...found, sum])
  )
  if (by.some(isOfTime)) context.out(wrapText(`The days are those of ${timeZone}.\n`, context.columns))
}

/** Networks are by their ids. */
function totalsJson(timeZone: string, by: readonly TotalsKey[], found: readonly Total[]) {
  const rows = found.map((total) => ({ keys: total.keys, ...sumsJson(total) }))
  return { by: by.map(keyName), timeZone, totals: rows, sum: sumsJson(sumOf(found)) }
}

function sumsJson({ settled, spent, fromBalance, outstanding, ofTests }: TotalSums) {
  return {
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

function parseKey(text: string): TotalsKey {
  const word = totalsWords.find((each) => each === text)
  if (word !== undefined) return word
  const label = /^label:(.+)$/.exec(text)?.[1]
  if (label !== undefined) return { label }
  const words = `${totalsWords.join(', ')} or label:NAME, or several such as agent,day`
  throw new UsageError(`--by is ${words}, not "${text.slice(0, 40)}"`)
}

function isOfTime(key: TotalsKey): boolean {
  return key === 'day' || key === 'week' || key === 'month'
}
