import { type AtomicUsdc, atomicUsdc, type Budget, type BudgetRejection, type Purchase } from '@bursar/core'
import { scopeOf, scopesOf } from './budget-scope.js'
import { SettledSeries } from './settled-series.js'
import { isHeld } from './transition.js'

interface Sums {
  held: bigint
  readonly settled: SettledSeries
}

/** What has been and could still be spent, in all, per host and per label, kept current as purchases move. */
export class Tally {
  readonly #scopes = new Map<string, Sums>()

  /** Notes that a purchase has moved. `before` is absent for a new one. */
  move(before: Purchase | undefined, after: Purchase): void {
    const wasHeld = before !== undefined && isHeld(before)
    const held = isHeld(after)
    const settles = after.state === 'settled' && before?.state !== 'settled'
    for (const sums of scopesOf(after).map((scope) => this.#sumsOf(scope))) {
      if (held && !wasHeld) sums.held += after.offer.cost
      if (wasHeld && !held) sums.held -= before.offer.cost
      if (settles) sums.settled.add(countedAtMs(after), after.offer.cost)
    }
  }

  /** Everything that a budget holds: what settled in its window, and all that could still settle. */
  used(budget: Budget, nowMs: number): AtomicUsdc {
    const sums = this.#scopes.get(scopeOf(budget))
    if (!sums) return atomicUsdc(0n)
    const { settled } = sums
    return atomicUsdc(
      sums.held + (budget.windowMs === undefined ? settled.total() : settled.since(nowMs - budget.windowMs))
    )
  }

  /** The first budget into which the cost does not fit. */
  refusal(budgets: readonly Budget[], cost: AtomicUsdc, nowMs: number): BudgetRejection | undefined {
    for (const budget of budgets) {
      const used = this.used(budget, nowMs)
      if (used + cost > budget.limit) return { budget, used }
    }
    return undefined
  }

  #sumsOf(scope: string): Sums {
    let sums = this.#scopes.get(scope)
    if (!sums) {
      sums = { held: 0n, settled: new SettledSeries() }
      this.#scopes.set(scope, sums)
    }
    return sums
  }
}

/**
 * From when a settled payment counts in rolling windows. A server may say that it settled and settle only
 * later, as late as the authorization lives; the later of the two times is the safe one.
 */
export function countedAtMs({ settledAtMs = 0, authorization }: Purchase): number {
  return Math.max(settledAtMs, (authorization?.expiresAtSeconds ?? 0) * 1000)
}
