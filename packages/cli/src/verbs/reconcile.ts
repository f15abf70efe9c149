import { auditOf, type Discrepancy } from '@bursar/audit'
import { amountWords, ownAmountOf, type Purchase } from '@bursar/core'
import { withSigningBursar, withWatchingBursar } from '../accounts/open-accounts.js'
import { withLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { exitCodes } from '../exit-code.js'
import { tellDiscrepancies } from '../notify/tell-discrepancies.js'
import { daysAgo } from '../options/history-query.js'
import { purchaseWithId } from '../options/purchase-id.js'
import { discrepancyColumns, transactionIn } from '../text/discrepancy-columns.js'
import { networkName } from '../text/network-name.js'
import { table } from '../text/table.js'

/** Compares the record with the chains, and lists where they do not agree. */
export async function reconcile(
  context: CommandContext,
  { days, json }: { readonly days?: number; readonly json?: boolean }
): Promise<void> {
  const found = await withWatchingBursar(context, (bursar) =>
    auditOf(bursar).reconcile(days === undefined ? {} : { fromMs: daysAgo(days) })
  )
  const { settled, debits, learned, discrepancies } = found
  await tellDiscrepancies(context, discrepancies)
  const rows = discrepancies.map(discrepancyJson)
  if (rows.length > 0) context.progress.exitCode = exitCodes.discrepancies
  if (json) {
    const summary = { settled, debits, learned: learned.map(({ id }) => id), discrepancies: rows }
    return context.out(`${JSON.stringify(summary)}\n`)
  }
  context.out(
    `${settled} settled by the record, ${debits} debits by the chains, ${learned.length} learned.\n`
  )
  if (discrepancies.length === 0) return context.out('They agree.\n')
  context.out(table(context, discrepancyColumns(context), discrepancies))
}

/** Cancels an authorization that is in flight. EVM networks only; the account pays the gas. */
export async function cancel(
  context: CommandContext,
  id: string,
  { json }: { readonly json?: boolean }
): Promise<void> {
  const { id: whole } = await withLedger(context, (ledger) => purchaseWithId(ledger, id))
  const { outcome, purchase, transaction } = await withSigningBursar(context, (bursar) =>
    auditOf(bursar).cancel(whole)
  )
  if (outcome === 'settled') context.progress.exitCode = exitCodes.paidWithoutAnswer
  if (json) {
    const result = {
      purchase: purchase.id,
      outcome,
      ...amountJson(purchase),
      transaction: transaction ?? null
    }
    return context.out(`${JSON.stringify(result)}\n`)
  }
  const what =
    outcome === 'cancelled'
      ? `${amountWords(purchase.offer)} can no longer be taken`
      : `It had settled before: ${amountWords(purchase.offer)}`
  context.out(`${what}${transaction ? `, ${transaction}` : ''}.\n`)
}

function amountJson({ offer }: Purchase) {
  const { amount, symbol } = ownAmountOf(offer)
  const { network, amountAtomic } = offer
  return { amount, amountAtomic: String(amountAtomic), symbol, network, networkName: networkName(network) }
}

function discrepancyJson(discrepancy: Discrepancy) {
  return {
    kind: discrepancy.kind,
    purchase: 'purchase' in discrepancy ? discrepancy.purchase.id : null,
    transaction: transactionIn(discrepancy) || null
  }
}
