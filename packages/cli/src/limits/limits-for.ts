import { parseUsdc } from '@bursar/core'
import type { Limits } from '@bursar/fetch'
import type { Env } from '../io.js'
import { UsageError } from '../usage-error.js'
import { readLimits } from './limits-file.js'
import { type LimitName, limitNames, type StoredLimits, sumLimits } from './stored-limits.js'

/** What one command adds to the limits of the file. */
export interface CommandLimits {
  /** The most that one payment may cost (`--max-amount`). */
  readonly maxAmount?: string | undefined
  /** Limits of this command alone (`--limit day=5.00`). */
  readonly limit?: StoredLimits | undefined
}

/**
 * The limits of one command: where the file and the command limit the same, the lower limit holds.
 *
 * @throws {UsageError} when nothing limits a payment, or the file cannot be read.
 */
export function limitsFor(env: Env, { maxAmount, limit = {} }: CommandLimits): Limits {
  const own = maxAmount === undefined ? {} : { payment: maxAmount }
  const { payment, ...sums } = lowest([readLimits(env), limit, own])
  if (payment !== undefined) return { ...sums, payment }
  throw new UsageError(
    'No limit is set for one payment. Add --max-amount 0.25, or set one for all commands: bursar limits set payment=0.25'
  )
}

/**
 * The limits of a command that spends as long as it runs, at the wish of others. It needs a limit on a sum.
 *
 * @throws {UsageError} as {@link limitsFor}, and when no sum is limited.
 */
export function limitsForServer(env: Env, command: string, limits: CommandLimits): Limits {
  const all = limitsFor(env, limits)
  if (sumLimits.some((name) => all[name] !== undefined)) return all
  throw new UsageError(
    `bursar ${command} needs a limit on a sum, since it pays whenever it is asked to. Add --limit day=5.00, or set one for all commands: bursar limits set day=5.00`
  )
}

function lowest(all: readonly StoredLimits[]): StoredLimits {
  const limits: { -readonly [Name in LimitName]?: string } = {}
  for (const name of limitNames) {
    const amounts = all.flatMap(({ [name]: amount }) => (amount === undefined ? [] : [amount]))
    const [least] = amounts.toSorted((a, b) => (parseUsdc(a) < parseUsdc(b) ? -1 : 1))
    if (least !== undefined) limits[name] = least
  }
  return limits
}
