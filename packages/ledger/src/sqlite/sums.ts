import { type AtomicUsdc, atomicUsdc, type Budget, type BudgetRefusal, type Purchase } from '@bursar/core'
import { scopeOf, scopesOf } from '../budget-scope.js'
import { moveOf, noSums, type ScopeSums } from '../scope-sums.js'
import type { LedgerFile } from './ledger-file.js'

/** SQLite's integers end here. */
const MAX_INTEGER = 2n ** 63n - 1n

/**
 * What has been and could still be spent, per scope. Each scope keeps its running total at every moment at which it
 * grew, so that the sum of any window is two look-ups, with a million payments as with none.
 */
export class SqliteSums {
  readonly #read
  readonly #write
  readonly #readTotal
  readonly #writeTotal

  constructor(file: LedgerFile) {
    this.#read = file.prepare('SELECT held, settled, latest_at AS latestAt FROM sums WHERE scope = ?')
    this.#write = file.prepare(
      'INSERT INTO sums VALUES (?, ?, ?, ?) ON CONFLICT (scope) DO UPDATE SET held = excluded.held, ' +
        'settled = excluded.settled, latest_at = excluded.latest_at'
    )
    this.#readTotal = file.prepare(
      'SELECT total FROM settled WHERE scope = ? AND at <= ? ORDER BY at DESC LIMIT 1'
    )
    this.#writeTotal = file.prepare(
      'INSERT INTO settled VALUES (?, ?, ?) ON CONFLICT (scope, at) DO UPDATE SET total = excluded.total'
    )
  }

  /** The first budget into which the cost does not fit. */
  refusal(budgets: readonly Budget[], cost: AtomicUsdc, nowMs: number): BudgetRefusal | undefined {
    for (const budget of budgets) {
      const used = this.#used(budget, nowMs)
      if (used + cost > budget.limit) return { budget, used }
    }
    return undefined
  }

  /** Whether the sums of a purchase stay within what can be counted. */
  fits(purchase: Purchase): boolean {
    return scopesOf(purchase).every((scope) => {
      const { held, settled } = this.#sumsOf(scope)
      return held + settled + purchase.offer.cost <= MAX_INTEGER
    })
  }

  /** Notes that a purchase has moved. `before` is absent for a new one. */
  move(before: Purchase | undefined, after: Purchase): void {
    const move = moveOf(before, after)
    if (!move) return
    for (const scope of scopesOf(after)) {
      const { held, settled, latestAt } = move.apply(this.#sumsOf(scope))
      this.#write.run(scope, held, settled, latestAt)
      if (move.settles) this.#writeTotal.run(scope, latestAt, settled)
    }
  }

  #used(budget: Budget, nowMs: number): AtomicUsdc {
    const scope = scopeOf(budget)
    const { held, settled } = this.#sumsOf(scope)
    if (budget.windowMs === undefined) return atomicUsdc(held + settled)
    const [before] = this.#readTotal.all(scope, BigInt(nowMs - budget.windowMs)) as { total: bigint }[]
    return atomicUsdc(held + settled - (before?.total ?? 0n))
  }

  #sumsOf(scope: string): ScopeSums {
    const [row] = this.#read.all(scope) as ScopeSums[]
    return row ?? noSums
  }
}
