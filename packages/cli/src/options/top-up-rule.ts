import type { TopUpRule } from '@bursar/generation/katana'
import { UsageError } from '../usage-error.js'

/** The options by which a server may top the prepaid balance up. */
export interface TopUpOptions {
  /** What one top-up brings (`--topup 1.00`). */
  readonly topup?: string
  /** The most that they cost within 24 hours (`--topup-per-day 5.00`). */
  readonly topupPerDay?: string
}

/** The rule that two options make. @throws {UsageError} when there is one of them. */
export function parseTopUpRule({ topup: amount, topupPerDay: perDay }: TopUpOptions): TopUpRule | undefined {
  if (amount !== undefined && perDay !== undefined) return { amount, perDay }
  if (amount === undefined && perDay === undefined) return undefined
  throw new UsageError('A rule for top-ups needs both: --topup 1.00 --topup-per-day 5.00')
}
