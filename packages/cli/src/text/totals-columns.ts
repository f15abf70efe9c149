import type { Total, TotalsKey } from '@bursar/audit'
import { formatUsdc, type NetworkId } from '@bursar/core'
import { networkName } from './network-name.js'
import type { Column } from './table.js'
import { cutMiddle } from './text-width.js'

/** The name of a key: `day`, or that of a label. */
export function keyName(key: TotalsKey): string {
  return typeof key === 'object' ? key.label : key
}

/** The columns of totals: what they are of, and their sums. @param unit of the amounts. */
export function totalsColumns(by: readonly TotalsKey[], unit: string): readonly Column<Total>[] {
  const keys = by.map((key, at): Column<Total> => {
    const name = keyName(key)
    return {
      header: `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
      cell: (total) => keyText(key, total.keys[at] ?? ''),
      shrink: { order: 2, min: 10, ...(key === 'payer' ? { cut: cutMiddle } : {}) }
    }
  })
  return [
    ...keys,
    amount('Spent', ({ spent }) => `${formatUsdc(spent)} ${unit}`),
    amount('Paid', ({ settled }) => String(settled)),
    amount('From balances', ({ fromBalance }) => unlessZero(fromBalance, unit)),
    amount('In flight', ({ outstanding }) => unlessZero(outstanding, unit)),
    { ...amount('Test money', ({ ofTests }) => unlessZero(ofTests, 'USD')), leaveOut: 1 }
  ]
}

function amount(header: string, cell: (total: Total) => string): Column<Total> {
  return { header, cell, align: 'right' }
}

function keyText(key: TotalsKey, value: string): string {
  if (value === '') return '-'
  return key === 'network' ? networkName(value as NetworkId) : value
}

function unlessZero(amount: Total['spent'], unit: string): string {
  return amount === 0n ? '' : `${formatUsdc(amount)} ${unit}`
}
