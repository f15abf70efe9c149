import { type AtomicUsdc, atomicUsdc, type Budget, type BudgetUsage } from '@bursar/core'
import { type Scope, termsOf } from './scopes.js'

/** What a store reports for one sum. Atomic USDC. */
export interface ScopeUsage {
  /** What could still settle. */
  readonly held: bigint
  /** What settled within the window that was asked for. */
  readonly settled: bigint
}

/** A sum that must be read: of a scope, within a window that ends now. */
export interface UsageQuery {
  readonly scope: Scope
  /** Absent: all time. */
  readonly windowMs: number | undefined
}

/** Which sums say how much of a budget is gone. */
export function usageQueries(budget: Budget): readonly UsageQuery[] {
  const { of, less } = termsOf(budget)
  const { windowMs } = budget
  return [of, ...(less === undefined ? [] : [less])].map((scope) => ({ scope, windowMs }))
}

/** Everything that a budget holds: what settled in its window, and all that could still settle. */
export function usageOf(budget: Budget, [of, less]: readonly ScopeUsage[]): BudgetUsage {
  const sumOf = (usage: ScopeUsage | undefined): bigint => (usage ? usage.held + usage.settled : 0n)
  return { budget, used: atomicUsdc(sumOf(of) - sumOf(less)) }
}

/** The first budget into which a cost does not fit. */
export function firstExceeded(usages: readonly BudgetUsage[], cost: AtomicUsdc): BudgetUsage | undefined {
  return usages.find(({ budget, used }) => used + cost > budget.limit)
}
