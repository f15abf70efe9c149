import { auditOf, type Discrepancy } from '@bursar/audit'
import { formatUsdc, transactionOf } from '@bursar/core'
import { nothing, openAccounts } from '../accounts.js'
import type { Io } from '../io.js'

const DAY_MS = 86_400_000

/** Holds the record against the chains, and tells on what they do not agree. */
export async function reconcile(
  io: Io,
  { days = '1', json }: { readonly days?: string; readonly json?: boolean }
): Promise<void> {
  if (!(Number(days) > 0)) throw new TypeError('--days wants a number above zero')
  const bursar = await openAccounts(io, nothing)
  try {
    const found = await auditOf(bursar).reconcile({ fromMs: Date.now() - Number(days) * DAY_MS })
    const { settled, debits, learned, discrepancies } = found
    const told = discrepancies.map(describe)
    if (json) {
      const summary = { settled, debits, learned: learned.map(({ id }) => id), discrepancies: told }
      return io.out(`${JSON.stringify(summary)}\n`)
    }
    io.out(`${settled} settled by the record, ${debits} debits by the chain, ${learned.length} learned.\n`)
    for (const { kind, purchase, transaction } of told) io.out(`${kind}  ${purchase}  ${transaction}\n`)
    if (told.length === 0) io.out('They agree.\n')
  } finally {
    await bursar.close()
  }
}

function describe(discrepancy: Discrepancy) {
  const { kind } = discrepancy
  const debit = 'debit' in discrepancy ? discrepancy.debit : undefined
  return {
    kind,
    purchase: 'purchase' in discrepancy ? discrepancy.purchase.id : '',
    transaction:
      debit?.transaction ?? ('purchase' in discrepancy ? (transactionOf(discrepancy.purchase) ?? '') : '')
  }
}

/** Makes an authorization that is out void. EVM; the account pays the gas. */
export async function cancel(io: Io, id: string, { json }: { readonly json?: boolean } = {}): Promise<void> {
  const bursar = await openAccounts(io, nothing)
  try {
    const { outcome, purchase, transaction } = await auditOf(bursar).cancel(id)
    const amount = formatUsdc(purchase.offer.cost)
    if (json)
      return io.out(
        `${JSON.stringify({ purchase: purchase.id, outcome, amount, transaction: transaction ?? null })}\n`
      )
    const how =
      outcome === 'cancelled'
        ? `${amount} USDC can no longer be taken`
        : `It had settled before: ${amount} USDC`
    io.out(`${how}${transaction ? `, ${transaction}` : ''}.\n`)
  } finally {
    await bursar.close()
  }
}
