import { type AtomicUsdc, atomicUsdc, checkOptions, type Ledger } from '@bursar/core'
import { canonicalHost } from './policy/host.js'
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

/** The calls whose limits are asked about. */
export interface SpendingQuery {
  /** Their labels. Default: limits on labels are left out. @example { labels: { agent: 'research' } } */
  readonly labels?: Readonly<Record<string, string>> | undefined
  /** Their hosts. Default: limits on hosts are left out. @example { hosts: ['kat.imgnai.com'] } */
  readonly hosts?: readonly string[] | undefined
  /** Whether test money is asked about, which limits count apart. Default: it is not. @example { isTest: true } */
  readonly isTest?: true | undefined
}

/**
 * Says how much of each limit is gone: of those on all that is spent, and of those on the labels and hosts given.
 *
 * @throws {TypeError} when a limit is unknown or malformed, or `payment` is missing.
 * @throws {BursarError} `ledger/unavailable`
 */
export async function readSpending(
  ledger: Pick<Ledger, 'usage'>,
  limits: Limits,
  { labels = {}, hosts = [], isTest }: SpendingQuery = {}
): Promise<readonly Spending[]> {
  checkOptions(limits, limitsChecks, 'limits')
  const { perLabel = {}, ...others } = limits
  const named = Object.entries(perLabel).filter(([name]) => Object.hasOwn(labels, name))
  const parsed = parseLimits({ ...others, perLabel: Object.fromEntries(named) })
  const budgets = parsed.budgets(hosts.map(canonicalHost), labels)
  const usages = await ledger.usage(isTest ? budgets.map((budget) => ({ ...budget, isTest })) : budgets)
  return usages.map(({ budget: { name, limit }, used }) => {
    const left = atomicUsdc(limit > used ? limit - used : 0n)
    return { name, limit, used, left }
  })
}
