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

/** The sums from which the usage of a budget is computed. */
export function usageQueries(budget: Budget): readonly UsageQuery[] {
  const { plus, minus } = termsOf(budget)
  const { windowMs } = budget
  return [...plus, ...minus].map((scope) => ({ scope, windowMs }))
}

/** The usage of a budget: what settled in its window, and all that could still settle. */
export function usageOf(budget: Budget, usages: readonly ScopeUsage[]): BudgetUsage {
  const added = termsOf(budget).plus.length
  const sumOf = (some: readonly ScopeUsage[]): bigint =>
    some.reduce((sum, { held, settled }) => sum + held + settled, 0n)
  return { budget, used: atomicUsdc(sumOf(usages.slice(0, added)) - sumOf(usages.slice(added))) }
}

/** The first budget into which a cost does not fit. */
export function firstExceeded(usages: readonly BudgetUsage[], cost: AtomicUsdc): BudgetUsage | undefined {
  return usages.find(({ budget, used }) => used + cost > budget.limit)
}
