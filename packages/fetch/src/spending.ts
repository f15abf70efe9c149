import {
  ACCOUNT,
  type AtomicUsdc,
  atomicUsdc,
  checkOptions,
  type Ledger,
  type Reservation
} from '@bursar/core'
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
 * Tells how much of each limit is gone: of those on all that is spent, and of those on the labels given.
 *
 * @throws {TypeError} when a limit is unknown or malformed, or `payment` is missing.
 * @throws {BursarError} `ledger/unavailable`
 */
export async function readSpending(
  ledger: Pick<Ledger, 'check'>,
  limits: Limits,
  labels: Readonly<Record<string, string>> = {}
): Promise<readonly Spending[]> {
  checkOptions(limits, limitsChecks, 'limits')
  const { perHost: _, hosts: __, perLabel = {}, ...sums } = limits
  const named = Object.entries(perLabel).filter(([name]) => Object.hasOwn(labels, name))
  const budgets = parseLimits({ ...sums, perLabel: Object.fromEntries(named) }).budgets([], labels)
  return Promise.all(
    budgets.map(async (budget) => {
      // Nothing fits into nothing, so that the ledger tells what is used.
      const refusal = await ledger.check({
        ...nobody(),
        labels,
        budgets: [{ ...budget, limit: atomicUsdc(0n) }]
      })
      const used = refusal?.used ?? atomicUsdc(0n)
      const left = atomicUsdc(budget.limit > used ? budget.limit - used : 0n)
      return { name: budget.name, limit: budget.limit, used, left }
    })
  )
}

/** Made when it is needed, so that pages that do not ask load nothing of it. */
function nobody(): Omit<Reservation, 'budgets' | 'labels'> {
  const cost = atomicUsdc(1n)
  const offer = {
    dialect: 'account',
    network: ACCOUNT,
    asset: 'USD',
    payTo: '',
    amountAtomic: 1n,
    cost
  } as const
  return { id: '', fingerprint: '', method: 'GET', origin: 'https://nobody.invalid', path: '/', offer }
}
