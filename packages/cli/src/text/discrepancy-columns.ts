import type { Discrepancy } from '@bursar/audit'
import { amountWords, atomicUsdc, type NetworkId, transactionOf } from '@bursar/core'
import { networkName } from './network-name.js'
import { amountColumn, idColumn, timeColumn, whatText } from './purchase-columns.js'
import type { Column } from './table.js'
import { cutMiddle } from './text-width.js'
import type { TimeZoned } from './time-text.js'

/** The columns of where the record and the chains do not agree. */
export function discrepancyColumns(zone: TimeZoned): readonly Column<Discrepancy>[] {
  return [
    { header: 'Difference', cell: ({ kind }) => kind, style: () => 'red' },
    timeColumn(zone, (found) => ('debit' in found ? found.debit.atMs : found.purchase.reservedAtMs)),
    amountColumn(amountOf),
    { header: 'Network', cell: (found) => networkName(networkOf(found)), leaveOut: 1 },
    {
      header: 'What',
      cell: (found) => ('purchase' in found ? whatText(found.purchase) : `to ${found.debit.payTo}`),
      shrink: { order: 3, min: 18, least: 8 }
    },
    idColumn((found) => ('purchase' in found ? found.purchase.id : '')),
    {
      header: 'Transaction',
      cell: transactionIn,
      shrink: { order: 2, min: 13, cut: cutMiddle },
      leaveOut: 2
    }
  ]
}

/** The transaction that a discrepancy is about; empty where none is known. */
export function transactionIn(found: Discrepancy): string {
  if ('debit' in found) return found.debit.transaction
  return transactionOf(found.purchase) ?? ''
}

/** What the chain took, else what the record has. */
function amountOf(found: Discrepancy): string {
  if (!('debit' in found)) return amountWords(found.purchase.offer)
  const { amountAtomic, counts } = found.debit
  return amountWords({ cost: atomicUsdc(amountAtomic), ...counts, amountAtomic })
}

function networkOf(found: Discrepancy): NetworkId {
  return 'debit' in found ? found.debit.network : found.purchase.offer.network
}
