import { type AtomicUsdc, atomicUsdc, type Budget, type BudgetRejection, type Purchase } from '@bursar/core'
import { scopeOf, scopesOf } from '../budget-scope.js'
import { moveOf, type ScopeSums } from '../scope-sums.js'
import type { Runner } from './database.js'

/** PostgreSQL's large integers end here. */
const MAX_INTEGER = 2n ** 63n - 1n

/** The first budget into which a cost does not fit. */
export async function findRefusal(
  runner: Runner,
  budgets: readonly Budget[],
  cost: AtomicUsdc,
  nowMs: number
): Promise<BudgetRejection | undefined> {
  for (const budget of budgets) {
    const used = await usedOf(runner, budget, nowMs)
    if (used + cost > budget.limit) return { budget, used }
  }
  return undefined
}

/** Whether the sums of a purchase stay within what can be counted. */
export async function fits(runner: Runner, purchase: Purchase): Promise<boolean> {
  for (const scope of scopesOf(purchase)) {
    const { held, settled } = await readSums(runner, scope)
    if (held + settled + purchase.offer.cost > MAX_INTEGER) return false
  }
  return true
}

/** Notes that a purchase has moved. `before` is absent for a new one. */
export async function moveSums(runner: Runner, before: Purchase | undefined, after: Purchase): Promise<void> {
  const move = moveOf(before, after)
  if (!move) return
  for (const scope of scopesOf(after)) {
    const { held, settled, latestAt } = move.apply(await readSums(runner, scope))
    await runner.rows(
      `INSERT INTO bursar_sums VALUES ($1, $2, $3, $4) ON CONFLICT (scope) DO UPDATE
         SET held = excluded.held, settled = excluded.settled, latest_at = excluded.latest_at`,
      [scope, held, settled, latestAt]
    )
    if (!move.settles) continue
    await runner.rows(
      `INSERT INTO bursar_settled VALUES ($1, $2, $3)
         ON CONFLICT (scope, at) DO UPDATE SET total = excluded.total`,
      [scope, latestAt, settled]
    )
  }
}

async function usedOf(runner: Runner, budget: Budget, nowMs: number): Promise<AtomicUsdc> {
  const scope = scopeOf(budget)
  const { held, settled } = await readSums(runner, scope)
  if (budget.windowMs === undefined) return atomicUsdc(held + settled)
  const [before] = await runner.rows<{ total: string }>(
    'SELECT total FROM bursar_settled WHERE scope = $1 AND at <= $2 ORDER BY at DESC LIMIT 1',
    [scope, nowMs - budget.windowMs]
  )
  return atomicUsdc(held + settled - BigInt(before?.total ?? 0))
}

async function readSums(runner: Runner, scope: string): Promise<ScopeSums> {
  const [row] = await runner.rows<{ held: string; settled: string; latest_at: string }>(
    'SELECT held, settled, latest_at FROM bursar_sums WHERE scope = $1',
    [scope]
  )
  return {
    held: BigInt(row?.held ?? 0),
    settled: BigInt(row?.settled ?? 0),
    latestAt: BigInt(row?.latest_at ?? 0)
  }
}
