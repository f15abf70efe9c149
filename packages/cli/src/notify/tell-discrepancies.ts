import type { Discrepancy } from '@bursar/audit'
import type { CommandContext } from '../context.js'
import { openWebhook } from './open-webhook.js'

/** Tells the webhook, where one is named, what the record and the chains do not agree about. */
export async function tellDiscrepancies(
  context: CommandContext,
  discrepancies: readonly Discrepancy[]
): Promise<void> {
  const webhook = discrepancies.length === 0 ? undefined : await openWebhook(context)
  if (!webhook) return
  const atMs = Date.now()
  for (const discrepancy of discrepancies) {
    const data = dataOf(discrepancy)
    const id = `discrepancy_${Object.values(data).join('_')}`
    webhook.notify({ type: 'ledger.discrepancy', id, atMs, data })
  }
  await webhook.close()
}

function dataOf(discrepancy: Discrepancy): Readonly<Record<string, string>> {
  const { kind } = discrepancy
  return {
    kind,
    ...('purchase' in discrepancy ? { purchase: discrepancy.purchase.id } : {}),
    ...('debit' in discrepancy
      ? { network: discrepancy.debit.network, transaction: discrepancy.debit.transaction }
      : {})
  }
}
