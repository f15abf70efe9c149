import { formatUsdc, parseUsdc } from '@bursar/core'
import type { MergedPolicy, PolicySource } from '@bursar/policy'
import type { CommandContext } from '../context.js'
import { limitsLeft } from './limits-left.js'

/** One limit, and what is left of it. */
export interface LimitRow {
  /** Such as `day`, or `hosts.kat.imgnai.com.payment`. */
  readonly name: string
  /** Decimal USDC. */
  readonly limit: string
  /** Decimal USDC. Absent for what bounds one payment, and for what each host and each label has of its own. */
  readonly left?: string | undefined
  readonly source: PolicySource
}

/** The limits of a policy in one line. Empty where there are none. */
export async function limitsText(context: CommandContext, merged: MergedPolicy): Promise<string> {
  return wordsOf(await limitRows(context, merged))
}

/** Limits in one line: what is allowed, and what is left of sums. */
export function wordsOf(rows: readonly LimitRow[]): string {
  return rows
    .map(({ name, limit, left }) => `${name} ${limit} USD${left === undefined ? '' : ` (${left} left)`}`)
    .join(', ')
}

/** The limits of a policy. Of a sum it is said what is left. */
export async function limitRows(context: CommandContext, merged: MergedPolicy): Promise<readonly LimitRow[]> {
  const left = await limitsLeft(context, merged.policy.limits ?? {})
  return merged.values.flatMap(({ key, value, source }) => {
    if (!key.startsWith('limits.')) return []
    const name = key.slice('limits.'.length)
    return [{ name, limit: formatUsdc(parseUsdc(String(value))), left: left.get(name), source }]
  })
}
