import { formatUsdc, type Ledger, parseUsdc, shortText, type UsdcAmount } from '@bursar/core'
import { type Limits, readSpending, type SpendingQuery } from '@bursar/fetch'
import type { LimitRow } from './snapshot.js'

/** Limits, of which that on each payment may be missing. */
export type ShownLimits = Omit<Limits, 'payment'> & {
  readonly payment?: Limits['payment'] | undefined
}

/** What is asked of a ledger. */
type Sums = Pick<Ledger, 'usage' | 'summed'>

/** For how many hosts, and values of a label, what is left is told. */
const MAX_VALUES = 20

/**
 * Says what is left of each limit: of those on all that is spent, on each host that is named or was paid, and on each value of
 * a label. Test money has room of its own.
 */
export async function readLimits(
  ledger: Sums,
  { payment, hosts = {}, perHost, perLabel = {}, ...sums }: ShownLimits,
  isTest?: true
): Promise<readonly LimitRow[]> {
  const each = payment === undefined ? [] : [{ name: 'each payment', limit: textOf(payment) }]
  const all = await rowsOf(ledger, { payment: '0', ...sums }, { isTest })
  const named = await Promise.all(
    Object.entries(hosts).map(([host, limits = {}]) => rowsOfHost(ledger, host, { limits, isTest }))
  )
  const paid = perHost ? (await ledger.summed({ by: 'host', isTest })).slice(0, MAX_VALUES) : []
  const others = await Promise.all(
    paid.map((host) =>
      rowsOf(ledger, { payment: '0', perHost }, { hosts: [host], isTest }, `${lineOf(host)}, as each host`)
    )
  )
  const labelled = await Promise.all(
    Object.keys(perLabel).map((label) => rowsOfLabel(ledger, label, { perLabel, isTest }))
  )
  return [...each, ...all, ...named.flat(), ...others.flat(), ...labelled.flat()]
}

async function rowsOfHost(
  ledger: Sums,
  host: string,
  {
    limits: { payment, ...sums },
    isTest
  }: { readonly limits: NonNullable<Limits['hosts']>[string]; readonly isTest: true | undefined }
): Promise<readonly LimitRow[]> {
  const of = lineOf(host)
  const each = payment === undefined ? [] : [{ name: `${of}: each payment`, limit: textOf(payment) }]
  const query = { hosts: [host], isTest }
  return [...each, ...(await rowsOf(ledger, { payment: '0', hosts: { [host]: sums } }, query, of))]
}

async function rowsOfLabel(
  ledger: Sums,
  label: string,
  { perLabel, isTest }: Pick<Limits, 'perLabel'> & { readonly isTest: true | undefined }
): Promise<readonly LimitRow[]> {
  const values = (await ledger.summed({ by: { label }, isTest })).slice(0, MAX_VALUES)
  const rows = await Promise.all(
    values.map((value) =>
      rowsOf(
        ledger,
        { payment: '0', perLabel },
        { labels: { [label]: value }, isTest },
        `${label} ${lineOf(value)}`
      )
    )
  )
  return rows.flat()
}

/** @param of whose limits they are. Absent: all together. */
async function rowsOf(
  ledger: Sums,
  limits: Limits,
  query: SpendingQuery,
  of?: string
): Promise<readonly LimitRow[]> {
  return (await readSpending(ledger, limits, query)).map(({ name, limit, left }) => ({
    name: of === undefined ? name : `${of}: ${name.split(' ').at(-1)}`,
    limit: formatUsdc(limit),
    left: formatUsdc(left)
  }))
}

function lineOf(text: string): string {
  return shortText(text, 60) ?? ''
}

function textOf(amount: UsdcAmount): string {
  return formatUsdc(typeof amount === 'string' ? parseUsdc(amount) : amount)
}
