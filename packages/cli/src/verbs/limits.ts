import { formatUsdc, parseUsdc } from '@bursar/core'
import type { CommandContext } from '../context.js'
import { changeLimits, limitsPath, readLimits } from '../limits/limits-file.js'
import { limitsLeft } from '../limits/limits-left.js'
import { limitName, parseLimit, type StoredLimits } from '../limits/stored-limits.js'
import { table } from '../text/table.js'

/** How the limits are printed. */
interface Output {
  readonly json?: boolean | undefined
}

/** Shows the limits that every command obeys, and what is left of them. */
export async function showLimits(context: CommandContext, output: Output): Promise<void> {
  await print(context, readLimits(context.env), output)
}

/** Sets limits, each given as `name=amount`. @throws {UsageError} */
export async function setLimits(
  context: CommandContext,
  changes: readonly string[],
  output: Output
): Promise<void> {
  const changed = Object.fromEntries(changes.map(parseLimit))
  await change(context, output, (limits) => ({ ...limits, ...changed }))
}

/** Removes limits by their names. @throws {UsageError} */
export async function unsetLimits(
  context: CommandContext,
  names: readonly string[],
  output: Output
): Promise<void> {
  const removed = new Set<string>(names.map(limitName))
  await change(context, output, (limits) =>
    Object.fromEntries(Object.entries(limits).filter(([name]) => !removed.has(name)))
  )
}

async function change(
  context: CommandContext,
  output: Output,
  edit: (limits: StoredLimits) => StoredLimits
): Promise<void> {
  const limits = await changeLimits(context.env, edit)
  await print(context, limits, output)
  context.err(`Written to ${limitsPath(context.env)}.\n`)
}

async function print(context: CommandContext, limits: StoredLimits, { json }: Output): Promise<void> {
  const left = await limitsLeft(context, limits)
  if (!json) return context.out(limitsTable(limits, left))
  const rows = Object.entries(limits).map(([name, amount]) => ({
    name,
    ...amountJson('amount', amount),
    ...amountJson('left', left.get(name))
  }))
  context.out(`${JSON.stringify({ limits: rows, file: limitsPath(context.env) })}\n`)
}

function amountJson(name: string, usdc: string | undefined) {
  const atomic = usdc === undefined ? null : parseUsdc(usdc)
  return {
    [name]: atomic === null ? null : formatUsdc(atomic),
    [`${name}Atomic`]: atomic === null ? null : String(atomic)
  }
}

function limitsTable(limits: StoredLimits, left: ReadonlyMap<string, string>): string {
  const rows = Object.entries(limits).map(([name, amount]) => {
    const rest = left.get(name)
    return [name, `${formatUsdc(parseUsdc(amount))} USDC`, rest === undefined ? '' : `${rest} left`]
  })
  if (rows.length === 0) return 'No limits are set: each payment needs --max-amount.\n'
  return table(rows)
}
