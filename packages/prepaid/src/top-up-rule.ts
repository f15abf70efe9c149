import {
  type AtomicUsdc,
  type Budget,
  checkOptions,
  checkUsdcAmount,
  formatUsdc,
  type OptionChecks,
  parseUsdc,
  type UsdcAmount,
  wholeNumberFrom
} from '@bursar/core'
import { topUpScope } from './top-up.js'

/** When and how far a balance may be topped up by itself. */
export interface TopUpRule {
  /**
   * What one top-up brings, in decimal USDC. The service's gas is paid in addition. Required.
   *
   * @example { amount: '1.00' }
   */
  readonly amount: UsdcAmount
  /**
   * The most that the top-ups of the last 24 hours may cost, in decimal USDC, gas included. Required: nothing is
   * unbounded.
   *
   * @example { perDay: '5.00' }
   */
  readonly perDay: UsdcAmount
  /**
   * The most that all top-ups may ever cost, in decimal USDC, gas included. Default: as much as the limits allow.
   *
   * @example { total: '50' }
   */
  readonly total?: UsdcAmount | undefined
  /**
   * Tops up ahead of a call when the balance is below this, in decimal USDC. Default: only when a call falls short.
   *
   * @example { below: '0.20' }
   */
  readonly below?: UsdcAmount | undefined
  /**
   * The least time between two top-ups, in milliseconds. Meanwhile a text that the balance is too low for is paid directly where
   * the service takes that, which costs some hundred times as much. Default: 0, since the next top-up waits for the credit of the
   * last in any case.
   *
   * @example { cooldownMs: 60_000 }
   */
  readonly cooldownMs?: number | undefined
  /**
   * How long a top-up is waited for, in milliseconds: its credit once it is paid, and its end where another process makes
   * it. Default: 30_000.
   *
   * @example { creditWaitMs: 10_000 }
   */
  readonly creditWaitMs?: number | undefined
}

/** A rule, or a function that is asked before each top-up which rule holds then; nothing: the balance is topped up no more. */
export type TopUpOption = TopUpRule | (() => TopUpRule | undefined)

const checkWait = wholeNumberFrom(0, 86_400_000)

const ruleChecks: OptionChecks<TopUpRule> = {
  amount: checkUsdcAmount,
  perDay: checkUsdcAmount,
  total: checkUsdcAmount,
  below: checkUsdcAmount,
  cooldownMs: checkWait,
  creditWaitMs: checkWait
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
/** What the names of the rule's budgets begin with. */
const RULE_NAME = 'topUp '

/**
 * Reads a rule.
 *
 * @param maxPayment what one payment may cost: a rule whose top-ups could never be paid is rejected. Default: nobody asks.
 * @throws {TypeError} when `amount` or `perDay` is missing, or a value is out of range.
 */
function parseRule(rule: TopUpRule, maxPayment?: AtomicUsdc): ParsedRule {
  checkOptions(rule, ruleChecks, 'topUp')
  const { total, below, cooldownMs = 0, creditWaitMs = 30_000 } = rule
  if (rule.amount === undefined || rule.perDay === undefined)
    throw new TypeError("topUp needs amount and perDay: { amount: '1.00', perDay: '5.00' }")
  const amount = parseUsdc(rule.amount)
  assertPayable(amount, maxPayment)
  const day = { name: `${RULE_NAME}perDay`, limit: parseUsdc(rule.perDay), windowMs: DAY_MS }
  const ever = total === undefined ? [] : [{ name: `${RULE_NAME}total`, limit: parseUsdc(total) }]
  return {
    amount,
    below: below === undefined ? undefined : parseUsdc(below),
    cooldownMs,
    creditWaitMs,
    budgets: (origin) =>
      Object.entries(topUpScope(origin)).flatMap(([name, value]) =>
        [day, ...ever].map((budget) => ({ ...budget, label: { name, value } }))
      )
  }
}

/** Tells the rule that holds now. */
export type ReadRule = () => ParsedRule | undefined

/**
 * Reads the option for a rule.
 *
 * @param maxPayment what one payment may cost now: a rule that could never be paid at the start is rejected then.
 * @throws {TypeError} as {@link parseRule}
 */
export function ruleReader(option: TopUpOption | undefined, maxPayment: AtomicUsdc): ReadRule | undefined {
  if (option === undefined) return undefined
  const given = typeof option === 'function' ? option : () => option
  const start = given()
  if (start) parseRule(start, maxPayment)
  // Limits that became lower meanwhile refuse a top-up themselves, and say so.
  return () => {
    const now = given()
    return now && parseRule(now)
  }
}

/** Whether a limit's name is that of a rule's budget. */
export function isRuleBudget(name: string): boolean {
  return name.startsWith(RULE_NAME)
}

/** @throws {TypeError} */
function assertPayable(amount: AtomicUsdc, maxPayment: AtomicUsdc | undefined): void {
  if (amount <= 0n) throw new TypeError('topUp.amount must be above zero')
  if (maxPayment === undefined || amount <= maxPayment) return
  throw new TypeError(
    `topUp.amount is ${formatUsdc(amount)} USDC, and limits allow no payment above ${formatUsdc(maxPayment)}: ` +
      'no top-up could ever be paid. Raise limits.payment to that and some cents for gas, or lower the amount'
  )
}
