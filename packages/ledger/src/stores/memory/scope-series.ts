import type { ScopeUsage, UsageQuery } from '../../rules/budgets.js'
import type { Scope } from '../../rules/scopes.js'
import { SettledSeries } from '../../rules/settled-series.js'
import type { ScopeSums, SumsMove } from '../../rules/sums.js'
import type { ScopeQuery } from '../../steps/transaction.js'

interface Series {
  held: bigint
  readonly settled: SettledSeries
}

/** What has been and could still be spent, per scope. */
export class ScopeSeries {
  readonly #scopes = new Map<Scope, Series>()

  move(scopes: readonly Scope[], { held, settled, countedAtMs, hasExactTime }: SumsMove): void {
    for (const scope of scopes) {
      const series = this.#seriesOf(scope)
      series.held += held
      // A clock that was set back must not hide earlier spending.
      const atMs = hasExactTime ? countedAtMs : Math.max(countedAtMs, series.settled.latestAtMs)
      if (settled !== 0n) series.settled.add(atMs, settled)
    }
  }

  sumsOf(scope: Scope): ScopeSums {
    const series = this.#scopes.get(scope)
    return { held: series?.held ?? 0n, settled: series?.settled.total() ?? 0n }
  }

  usageOf({ scope, windowMs }: UsageQuery, nowMs: number): ScopeUsage {
    const series = this.#scopes.get(scope)
    if (!series || windowMs === undefined) return this.sumsOf(scope)
    return { held: series.held, settled: series.settled.since(nowMs - windowMs) }
  }

  list({ prefix, afterMs, limit }: ScopeQuery): readonly Scope[] {
    return [...this.#scopes]
      .filter(([scope, { settled }]) => scope.startsWith(prefix) && settled.latestAtMs > afterMs)
      .map(([scope, { settled }]) => ({ scope, total: settled.total() }))
      .sort((a, b) => (a.total === b.total ? compare(a.scope, b.scope) : a.total > b.total ? -1 : 1))
      .slice(0, limit)
      .map(({ scope }) => scope)
  }

  #seriesOf(scope: Scope): Series {
    let series = this.#scopes.get(scope)
    if (!series) {
      series = { held: 0n, settled: new SettledSeries() }
      this.#scopes.set(scope, series)
    }
    return series
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : 1
}
