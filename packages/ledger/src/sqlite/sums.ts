import { type AtomicUsdc, atomicUsdc, type Budget, type BudgetRejection, type Purchase } from '@bursar/core'
import { scopeOf, scopesOf } from '../budget-scope.js'
import { moveOf, noSums, type ScopeSums } from '../scope-sums.js'
import type { LedgerFile } from './ledger-file.js'

/** SQLite's integers end here. */
const MAX_INTEGER = 2n ** 63n - 1n

/**
 * What has been and could still be spent, per scope. Each scope keeps its running total at every moment at which it
 * grew, so that the sum of any window is two look-ups, with a million payments as with none. Moves are written by
 * {@link SqliteSums.flush}, once for all that happened in a transaction.
 */
export class SqliteSums {
  readonly #read
  readonly #write
  readonly #readTotal
  readonly #writeTotal
  /** As of the running transaction, and after it for as long as nobody else writes. */
  readonly #known = new Map<string, ScopeSums>()
  readonly #unwritten = new Set<string>()
  /** Running totals of this transaction, by moment and scope. */
  readonly #unwrittenTotals = new Map<bigint, Map<string, bigint>>()

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
  refusal(budgets: readonly Budget[], cost: AtomicUsdc, nowMs: number): BudgetRejection | undefined {
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
      const sums = move.apply(this.#sumsOf(scope))
      this.#known.set(scope, sums)
      this.#unwritten.add(scope)
      if (move.settles) this.#noteTotal(scope, sums)
    }
  }

  /** Writes what has moved: purchases that settle together share their scopes. */
  flush(): void {
    for (const scope of this.#unwritten) {
      const { held, settled, latestAt } = this.#sumsOf(scope)
      this.#write.run([scope, held, settled, latestAt])
    }
    this.#unwritten.clear()
    this.#flushTotals()
  }

  /** What is known is true no more: somebody else has written, or what was written here did not hold. */
  forget(): void {
    this.#known.clear()
    this.#unwritten.clear()
    this.#unwrittenTotals.clear()
  }

  #noteTotal(scope: string, { settled, latestAt }: ScopeSums): void {
    const totals = this.#unwrittenTotals.get(latestAt) ?? new Map<string, bigint>()
    this.#unwrittenTotals.set(latestAt, totals.set(scope, settled))
  }

  #flushTotals(): void {
    for (const [at, totals] of this.#unwrittenTotals)
      for (const [scope, total] of totals) this.#writeTotal.run([scope, at, total])
    this.#unwrittenTotals.clear()
  }

  #used(budget: Budget, nowMs: number): AtomicUsdc {
    const scope = scopeOf(budget)
    const { held, settled } = this.#sumsOf(scope)
    if (budget.windowMs === undefined) return atomicUsdc(held + settled)
    const fromMs = BigInt(nowMs - budget.windowMs)
    for (const at of this.#unwrittenTotals.keys()) if (at <= fromMs) this.#flushTotals()
    const [before] = this.#readTotal.all(scope, fromMs) as { total: bigint }[]
    return atomicUsdc(held + settled - (before?.total ?? 0n))
  }

  #sumsOf(scope: string): ScopeSums {
    const known = this.#known.get(scope)
    if (known) return known
    const [sums = noSums] = this.#read.all(scope) as ScopeSums[]
    this.#known.set(scope, sums)
    return sums
  }
}
