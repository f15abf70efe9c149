import { jsonLines } from '@bursar/audit'
import { amountWords, type LedgerStatus, type Purchase } from '@bursar/core'
import type { Recovery } from '@bursar/fetch'
import { withWatchingBursar } from '../accounts/open-accounts.js'
import { withLedger, withReadingLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { exitCodes } from '../exit-code.js'
import { networkName } from '../text/network-name.js'
import { amountColumn, idColumn, purchaseColumns, whatText } from '../text/purchase-columns.js'
import { type Column, table } from '../text/table.js'
import { type TimeZoned, timeFormatter } from '../text/time-text.js'

/** Lists every payment that could still settle. */
export async function outstanding(
  context: CommandContext,
  { json }: { readonly json?: boolean }
): Promise<void> {
  const purchases = await withReadingLedger(context, (ledger) => ledger.outstanding())
  if (json) {
    for await (const line of jsonLines(each(purchases))) context.out(line)
    return
  }
  if (purchases.length === 0) return context.out('No payment is in flight.\n')
  context.out(table(context, purchaseColumns(context), purchases))
}

/** Asks the chains what became of every payment that is unresolved. */
export async function recover(context: CommandContext, { json }: { readonly json?: boolean }): Promise<void> {
  const found = await withWatchingBursar(context, (bursar) => bursar.recover())
  if (found.some(isOpen)) context.progress.exitCode = exitCodes.unresolved
  if (json) return context.out(`${JSON.stringify({ recovered: found.map(recoveryJson) })}\n`)
  if (found.length === 0) return context.out('Nothing is unresolved.\n')
  context.out(table(context, recoveryColumns(context), found))
}

/** Stops every payment of every process on this ledger. */
export async function freeze(
  context: CommandContext,
  reason: string,
  { json }: { readonly json?: boolean }
): Promise<void> {
  const { frozen } = await withLedger(context, async (ledger) => {
    await ledger.freeze(reason)
    return ledger.status()
  })
  if (json) context.out(`${JSON.stringify({ frozen: frozen && frozenJson(frozen) })}\n`)
  context.err('Nothing is paid until bursar thaw.\n')
}

/** Allows payments again. */
export async function thaw(context: CommandContext, { json }: { readonly json?: boolean }): Promise<void> {
  await withLedger(context, (ledger) => ledger.freeze(undefined))
  if (json) context.out(`${JSON.stringify({ frozen: null })}\n`)
  context.err('Payments go on.\n')
}

/** Whether it can still settle, or is not known. */
function isOpen({ outcome }: Recovery): boolean {
  return outcome === 'waiting' || outcome === 'unknown'
}

function recoveryJson({ purchase, outcome, knownAtMs }: Recovery) {
  return {
    purchase: purchase.id,
    outcome,
    knownAt: knownAtMs === undefined ? null : new Date(knownAtMs).toISOString()
  }
}

function recoveryColumns(zone: TimeZoned): readonly Column<Recovery>[] {
  const format = timeFormatter(zone)
  return [
    amountColumn(({ purchase }) => amountWords(purchase.offer)),
    { header: 'Network', cell: ({ purchase }) => networkName(purchase.offer.network), leaveOut: 1 },
    { header: 'Outcome', cell: ({ outcome }) => outcome },
    {
      header: 'Known at',
      cell: ({ knownAtMs }) => (knownAtMs === undefined ? '' : format(knownAtMs))
    },
    { header: 'What', cell: ({ purchase }) => whatText(purchase), shrink: { order: 2, min: 8 } },
    idColumn(({ purchase }) => purchase.id)
  ]
}

async function* each(purchases: readonly Purchase[]): AsyncGenerator<Purchase, void, undefined> {
  yield* purchases
}

function frozenJson({ reason, sinceMs, by }: NonNullable<LedgerStatus['frozen']>) {
  return { reason, since: new Date(sinceMs).toISOString(), by }
}
