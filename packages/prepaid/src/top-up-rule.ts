import { type AtomicUsdc, type Budget, parseUsdc, type UsdcAmount } from '@bursar/core'
import { TOP_UP_LABEL } from './top-up.js'

/** When and how far a balance may be topped up without being asked. */
export interface TopUpRule {
  /** Decimal USDC that one top-up brings. */
  readonly amount: UsdcAmount
  /** The most that the top-ups of the last 24 hours may cost, gas included. Required: nothing is unbounded. */
  readonly perDay: UsdcAmount
  /** The most that all top-ups may ever cost. */
  readonly total?: UsdcAmount
  /** Also tops up ahead of a call when the balance is below this. Default: only when a call falls short. */
  readonly below?: UsdcAmount
  /** The least time between two top-ups. Default 60_000. */
  readonly cooldownMs?: number
  /** How long a credit is waited for once its top-up is paid. Default 30_000. */
  readonly creditWaitMs?: number
}

/** A rule, read. */
export interface ParsedRule {
  readonly amount: AtomicUsdc
  readonly below: AtomicUsdc | undefined
  readonly cooldownMs: number
  readonly creditWaitMs: number
  /** What top-ups at an origin must fit. */
  budgets(origin: string): readonly Budget[]
}

const DAY_MS = 86_400_000

/**
 * Reads a rule.
 *
 * @throws {BursarError} `amount/malformed` @throws {TypeError} when `perDay` is missing or a number is out of range.
 */
export function parseRule(rule: TopUpRule): ParsedRule {
  const { amount, perDay, total, below, cooldownMs = 60_000, creditWaitMs = 30_000 } = rule
  if (amount === undefined || perDay === undefined) throw new TypeError('topUp needs amount and perDay')
  if (!(cooldownMs >= 0) || !(creditWaitMs >= 0)) throw new TypeError('topUp: times are milliseconds from 0')
  const parsed = parseUsdc(amount)
  if (parsed <= 0n) throw new TypeError('topUp.amount must be above zero')
  const day = { name: 'topUp perDay', limit: parseUsdc(perDay), windowMs: DAY_MS }
  const ever = total === undefined ? [] : [{ name: 'topUp total', limit: parseUsdc(total) }]
  return {
    amount: parsed,
    below: below === undefined ? undefined : parseUsdc(below),
    cooldownMs,
    creditWaitMs,
    budgets: (origin) =>
      [day, ...ever].map((budget) => ({ ...budget, label: { name: TOP_UP_LABEL, value: origin } }))
  }
}
