import { formatUsdc, parseUsdc } from '@bursar/core'
import type { CommandContext } from '../context.js'
import { changeLimits, limitsPath, readLimits } from '../limits/limits-file.js'
import { limitsLeft } from '../limits/limits-left.js'
import { limitName, parseLimit, type StoredLimits } from '../limits/stored-limits.js'
import { table } from '../text/table.js'

/** Shows the limits that every command obeys, and what is left of them. */
export async function showLimits(
  context: CommandContext,
  { json }: { readonly json?: boolean }
): Promise<void> {
  const limits = readLimits(context.env)
  if (json) return context.out(`${JSON.stringify(limits)}\n`)
  context.out(await limitsTable(context, limits))
}

/** Sets limits, each given as `name=amount`. @throws {UsageError} */
export async function setLimits(context: CommandContext, changes: readonly string[]): Promise<void> {
  const changed = Object.fromEntries(changes.map(parseLimit))
  await change(context, (limits) => ({ ...limits, ...changed }))
}

/** Removes limits by their names. @throws {UsageError} */
export async function unsetLimits(context: CommandContext, names: readonly string[]): Promise<void> {
  const removed = new Set<string>(names.map(limitName))
  await change(context, (limits) =>
    Object.fromEntries(Object.entries(limits).filter(([name]) => !removed.has(name)))
  )
}

async function change(context: CommandContext, edit: (limits: StoredLimits) => StoredLimits): Promise<void> {
  const limits = await changeLimits(context.env, edit)
  context.out(await limitsTable(context, limits))
  context.err(`Written to ${limitsPath(context.env)}.\n`)
}

async function limitsTable(context: CommandContext, limits: StoredLimits): Promise<string> {
  const left = await limitsLeft(context, limits)
  const rows = Object.entries(limits).map(([name, amount]) => {
    const rest = left.get(name)
    return [name, `${formatUsdc(parseUsdc(amount))} USDC`, rest === undefined ? '' : `${rest} left`]
  })
  if (rows.length === 0) return 'No limits are set: each payment needs --max-amount.\n'
  return table(rows)
}
