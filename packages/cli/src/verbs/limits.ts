import { parseUsdc } from '@bursar/core'
import { locatePolicy, type PolicyChange, parseKey, parseSetting, type Setting } from '@bursar/policy'
import type { CommandContext } from '../context.js'
import { type LimitRow, limitRows } from '../limits/limit-rows.js'
import { changeFile } from '../policy/change-file.js'
import { commandPolicy } from '../policy/command-policy.js'
import { type Column, type Screen, table } from '../text/table.js'
import { checkUsage, UsageError } from '../usage-error.js'

/** How the limits are printed. */
interface Output {
  readonly json?: boolean | undefined
}

/** Shows the limits that every command obeys, and what is left of them. */
export async function showLimits(context: CommandContext, { json }: Output): Promise<void> {
  const rows = await limitRows(context, commandPolicy(context))
  const file = locatePolicy(context.env).path
  context.out(json ? `${JSON.stringify({ limits: rows.map(limitJson), file })}\n` : limitsText(context, rows))
}

/** Sets limits, each given as `name=amount`. @throws {UsageError} */
export async function setLimits(
  context: CommandContext,
  changes: readonly string[],
  output: Output
): Promise<void> {
  await change(context, { set: changes.map(parseChange) }, output)
}

/** Removes limits by their names. @throws {UsageError} */
export async function unsetLimits(
  context: CommandContext,
  names: readonly string[],
  output: Output
): Promise<void> {
  await change(context, { unset: names.map((name) => checkUsage(() => parseKey(`limits.${name}`))) }, output)
}

function parseChange(text: string): Setting {
  const [, name = '', amount = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (name === '') throw new UsageError(`Write name=amount, such as day=5.00, not "${text.slice(0, 40)}"`)
  if (amount === '')
    throw new UsageError(`${name}= has no amount. bursar limits unset ${name} removes the limit`)
  return checkUsage(() => parseSetting(`limits.${text}`))
}

async function change(context: CommandContext, changes: PolicyChange, output: Output): Promise<void> {
  const notice = await changeFile(context, changes)
  await showLimits(context, output)
  context.err(notice)
}

const limitColumns: readonly Column<LimitRow>[] = [
  { header: 'Limit', cell: ({ name }) => name },
  { header: 'Amount', cell: ({ limit }) => `${limit} USD`, align: 'right' },
  { header: 'Left', cell: ({ left }) => (left === undefined ? '' : `${left} USD`), align: 'right' }
]

function limitsText(screen: Screen, rows: readonly LimitRow[]): string {
  if (rows.length === 0) return 'No limits are set: each payment needs --max-amount.\n'
  return table(screen, limitColumns, rows)
}

function limitJson({ name, limit, left }: LimitRow) {
  return { name, ...amountJson('amount', limit), ...amountJson('left', left) }
}

function amountJson(name: string, usdc: string | undefined) {
  return {
    [name]: usdc ?? null,
    [`${name}Atomic`]: usdc === undefined ? null : String(parseUsdc(usdc))
  }
}
