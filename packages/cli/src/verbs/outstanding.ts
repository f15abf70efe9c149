import { jsonLines } from '@bursar/audit'
import type { Purchase } from '@bursar/core'
import type { Recovery } from '@bursar/fetch'
import { withWatchingBursar } from '../accounts/open-accounts.js'
import { withLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { purchaseRow } from '../text/purchase-row.js'
import { table } from '../text/table.js'

/** Lists every payment that could still settle. */
export async function outstanding(
  context: CommandContext,
  { json }: { readonly json?: boolean }
): Promise<void> {
  const purchases = await withLedger(context, (ledger) => ledger.outstanding())
  if (json) {
    for await (const line of jsonLines(each(purchases))) context.out(line)
    return
  }
  const rows = purchases.map((purchase) => [purchase.id, ...purchaseRow(purchase).slice(1)])
  context.out(rows.length === 0 ? 'No payment is in flight.\n' : table(rows, context.columns))
}

/** Asks the chains what became of every payment that is unresolved. */
export async function recover(context: CommandContext, { json }: { readonly json?: boolean }): Promise<void> {
  const found = await withWatchingBursar(context, (bursar) => bursar.recover())
  if (json) return context.out(`${JSON.stringify(found.map(recoveryJson))}\n`)
  const rows = found.map(recoveryRow)
  context.out(rows.length === 0 ? 'Nothing is unresolved.\n' : table(rows, context.columns))
}

/** Stops every payment of every process on this ledger. */
export async function freeze(context: CommandContext, reason: string): Promise<void> {
  await withLedger(context, (ledger) => ledger.freeze(reason))
  context.err('Nothing is paid until bursar thaw.\n')
}

/** Allows payments again. */
export async function thaw(context: CommandContext): Promise<void> {
  await withLedger(context, (ledger) => ledger.freeze(undefined))
  context.err('Payments go on.\n')
}

function recoveryJson({ purchase, outcome, knownAtMs }: Recovery) {
  return { purchase: purchase.id, outcome, knownAtMs: knownAtMs ?? null }
}

function recoveryRow({ purchase, outcome, knownAtMs }: Recovery): readonly string[] {
  const known = knownAtMs === undefined ? '' : `, known at ${new Date(knownAtMs).toISOString()}`
  return [...purchaseRow(purchase).slice(0, 3), `${outcome}${known}`]
}

async function* each(purchases: readonly Purchase[]): AsyncGenerator<Purchase, void, undefined> {
  yield* purchases
}
