import { parseUsdc } from '@bursar/core'
import type { TopUpRule } from '@bursar/generation/katana'
import type { Env } from '../io.js'
import { UsageError } from '../usage-error.js'

/** The options by which a server may top the prepaid balance up. */
export interface TopUpOptions {
  /** What one top-up brings (`--topup 1.00`). */
  readonly topup?: string
  /** The most that they cost within 24 hours (`--topup-per-day 5.00`). */
  readonly topupPerDay?: string
}

/**
 * The rule that two options make, or the variables `BURSAR_TOPUP` and `BURSAR_TOPUP_PER_DAY`.
 *
 * @throws {UsageError} when there is one of them, or a variable holds no amount.
 */
export function parseTopUpRule(env: Env, { topup, topupPerDay }: TopUpOptions): TopUpRule | undefined {
  const amount = topup ?? amountOf(env, 'BURSAR_TOPUP')
  const perDay = topupPerDay ?? amountOf(env, 'BURSAR_TOPUP_PER_DAY')
  if (amount !== undefined && perDay !== undefined) return { amount, perDay }
  if (amount === undefined && perDay === undefined) return undefined
  throw new UsageError('A rule for top-ups needs both: --topup 1.00 --topup-per-day 5.00')
}

function amountOf(env: Env, name: 'BURSAR_TOPUP' | 'BURSAR_TOPUP_PER_DAY'): string | undefined {
  const text = env[name]
  if (!text) return undefined
  try {
    parseUsdc(text)
    return text
  } catch (cause) {
    throw new UsageError(`${name} is an amount of USDC, such as 1.00`, { cause })
  }
}
