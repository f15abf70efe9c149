import { type AtomicUsdc, atomicUsdc, type Budget, type BudgetRefusal, type Purchase } from '@bursar/core'
import { scopeOf, scopesOf } from '../budget-scope.js'
import { countedAtMs } from '../tally.js'
import { isHeld } from '../transition.js'
import type { LedgerFile } from './ledger-file.js'

interface SumsRow {
  readonly held: bigint
  readonly settled: bigint
  readonly latest_at: bigint
}

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
    this.#read = file.prepare('SELECT held, settled, latest_at FROM sums WHERE scope = ?')
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
    const wasHeld = before !== undefined && isHeld(before)
    const isHeldNow = isHeld(after)
    const settles = after.state === 'settled' && before?.state !== 'settled'
    if (wasHeld === isHeldNow && !settles) return
    const { cost } = after.offer
    for (const scope of scopesOf(after)) {
      const sums = this.#sumsOf(scope)
      const held = sums.held + (isHeldNow ? cost : 0n) - (wasHeld ? cost : 0n)
      const settled = sums.settled + (settles ? cost : 0n)
      // A clock that was set back must not hide what was spent: time in a scope never runs backwards.
      const at = settles ? maxOf(BigInt(countedAtMs(after)), sums.latest_at) : sums.latest_at
      this.#write.run(scope, held, settled, at)
      if (settles) this.#writeTotal.run(scope, at, settled)
    }
  }

  #used(budget: Budget, nowMs: number): AtomicUsdc {
    const scope = scopeOf(budget)
    const { held, settled } = this.#sumsOf(scope)
    if (budget.windowMs === undefined) return atomicUsdc(held + settled)
    const [before] = this.#readTotal.all(scope, BigInt(nowMs - budget.windowMs)) as { total: bigint }[]
    return atomicUsdc(held + settled - (before?.total ?? 0n))
  }

  #sumsOf(scope: string): SumsRow {
    const [row] = this.#read.all(scope) as SumsRow[]
    return row ?? { held: 0n, settled: 0n, latest_at: 0n }
  }
}

function maxOf(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
