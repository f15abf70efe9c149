import { auditOf, type Discrepancy } from '@bursar/audit'
import { amountWords, ownAmountOf, type Purchase, partsOf } from '@bursar/core'
import { withSigningBursar, withWatchingBursar } from '../accounts/open-accounts.js'
import { withLedger } from '../accounts/with-ledger.js'
import {
  type ReachableReconciliation,
  reconcileReachable,
  type UnreachableNetwork
} from '../audit/reconcile-reachable.js'
import { warnWhileRestored } from '../audit/warn-while-restored.js'
import type { CommandContext } from '../context.js'
import { exitCodes } from '../exit-code.js'
import { tellDiscrepancies } from '../notify/tell-discrepancies.js'
import { daysAgo } from '../options/history-query.js'
import { purchaseWithId } from '../options/purchase-id.js'
import { discrepancyColumns, transactionIn } from '../text/discrepancy-columns.js'
import { networkName } from '../text/network-name.js'
import { table } from '../text/table.js'
import { wrapText } from '../text/wrap-text.js'

/** Compares the record with the chains, and lists where they do not agree. */
export async function reconcile(
  context: CommandContext,
  { days, json }: { readonly days?: number; readonly json?: boolean }
): Promise<void> {
  const found = await withWatchingBursar(context, async (bursar) => {
    const compared = await reconcileReachable(bursar, days === undefined ? {} : { fromMs: daysAgo(days) })
    await warnWhileRestored(context, partsOf(bursar).ledger)
    return compared
  })
  const { settled, debits, learned, discrepancies, unreachable } = found
  await tellDiscrepancies(context, discrepancies)
  const rows = discrepancies.map(discrepancyJson)
  if (unreachable.length > 0) context.progress.exitCode = exitCodes.unreachable
  if (rows.length > 0) context.progress.exitCode = exitCodes.discrepancies
  if (json) {
    const summary = { settled, debits, learned: learned.map(({ id }) => id), discrepancies: rows }
    return context.out(`${JSON.stringify({ ...summary, unreachable: unreachable.map(unreachableJson) })}\n`)
  }
  context.out(reconciliationText(context, found))
  for (const { error } of unreachable) context.warn(`${error.message}\n`)
}

function reconciliationText(
  context: CommandContext,
  { settled, debits, learned, discrepancies, unreachable }: ReachableReconciliation
): string {
  const counts = `${counted(settled, 'payment')} settled by the record, ${counted(debits, 'debit')} by the chains`
  const news = learned.length === 0 ? '' : `, of which the record learned ${learned.length}`
  const rest = unreachable.map(({ network }) => networkName(network)).join(' and ')
  const agree = rest === '' ? 'They agree.' : `They agree, as far as is known: ${rest} was not looked at.`
  const end =
    discrepancies.length === 0 ? `${agree}\n` : table(context, discrepancyColumns(context), discrepancies)
  return `${wrapText(`${counts}${news}.\n`, context.columns)}${end}`
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
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

function unreachableJson({ network, error: { message } }: UnreachableNetwork) {
  return { network, networkName: networkName(network), message }
}
