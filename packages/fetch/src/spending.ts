import { type AtomicUsdc, atomicUsdc, checkOptions, type Ledger } from '@bursar/core'
import { type Limits, limitsChecks } from './policy/limits.js'
import { parseLimits } from './policy/parse-limits.js'

/** A limit on a sum, and how much of it is gone. `1_000_000n = 1 USDC`. */
export interface Spending {
  /** Such as `day`, or `perLabel agent day`. */
  readonly name: string
  readonly limit: AtomicUsdc
  /** What settled within the window, and all that could still settle. */
  readonly used: AtomicUsdc
  readonly left: AtomicUsdc
}

/**
 * Says how much of each limit is gone: of those on all that is spent, and of those on the labels given.
 *
 * @throws {TypeError} when a limit is unknown or malformed, or `payment` is missing.
 * @throws {BursarError} `ledger/unavailable`
 */
export async function readSpending(
  ledger: Pick<Ledger, 'usage'>,
  limits: Limits,
  labels: Readonly<Record<string, string>> = {}
): Promise<readonly Spending[]> {
  checkOptions(limits, limitsChecks, 'limits')
  const { perHost: _, hosts: __, perLabel = {}, ...sums } = limits
  const named = Object.entries(perLabel).filter(([name]) => Object.hasOwn(labels, name))
  const budgets = parseLimits({ ...sums, perLabel: Object.fromEntries(named) }).budgets([], labels)
  const usages = await ledger.usage(budgets)
  return usages.map(({ budget: { name, limit }, used }) => {
    const left = atomicUsdc(limit > used ? limit - used : 0n)
    return { name, limit, used, left }
  })
}
