import { formatUsdc, type Ledger, parseUsdc, shortText, type UsdcAmount } from '@bursar/core'
import { type Limits, readSpending } from '@bursar/fetch'
import type { LimitRow } from './snapshot.js'

/** Limits, of which that on each payment may be missing. */
export type ShownLimits = Omit<Limits, 'payment'> & {
  readonly payment?: Limits['payment'] | undefined
}

/** For how many values of a label what is left is told. */
const MAX_VALUES = 20

/** Says what is left of each limit: of those on all that is spent, and of those on each value of a label. */
export async function readLimits(
  ledger: Pick<Ledger, 'usage' | 'summed'>,
  { payment, perLabel = {}, ...sums }: ShownLimits
): Promise<readonly LimitRow[]> {
  const rows: LimitRow[] = payment === undefined ? [] : [{ name: 'each payment', limit: textOf(payment) }]
  rows.push(...(await rowsOf(ledger, { payment: '0', ...sums })))
  for (const label of Object.keys(perLabel)) {
    const values = (await ledger.summed({ by: { label } })).slice(0, MAX_VALUES)
    for (const value of values) {
      const own = await readSpending(ledger, { payment: '0', perLabel }, { labels: { [label]: value } })
      const of = `${label} ${shortText(value, 60) ?? ''}`
      rows.push(...own.map((row) => rowOf({ ...row, name: `${of}: ${row.name.split(' ').at(-1)}` })))
    }
  }
  return rows
}

async function rowsOf(ledger: Pick<Ledger, 'usage'>, limits: Limits): Promise<readonly LimitRow[]> {
  return (await readSpending(ledger, limits)).map(rowOf)
}

function rowOf({ name, limit, left }: Awaited<ReturnType<typeof readSpending>>[number]): Required<LimitRow> {
  return { name, limit: formatUsdc(limit), left: formatUsdc(left) }
}

function textOf(amount: UsdcAmount): string {
  return formatUsdc(typeof amount === 'string' ? parseUsdc(amount) : amount)
}
