import type { Purchase } from '@bursar/core'
import { countedAtMs } from './tally.js'
import { isHeld } from './transition.js'

/** What one scope has spent and could still spend, as a store keeps it. Atomic USDC. */
export interface ScopeSums {
  /** What could still settle. */
  readonly held: bigint
  /** What has settled, ever. */
  readonly settled: bigint
  /** From when the newest settled payment counts. Unix milliseconds. */
  readonly latestAt: bigint
}

/** A scope in which nothing was bought yet. */
export const noSums: ScopeSums = { held: 0n, settled: 0n, latestAt: 0n }

/** How a purchase that moves changes sums; a store keeps its total at `latestAt` whenever it settles. */
export interface Move {
  readonly settles: boolean
  apply(sums: ScopeSums): ScopeSums
}

/** Tells what moves, if anything does. `before` is absent for a new purchase. */
export function moveOf(before: Purchase | undefined, after: Purchase): Move | undefined {
  const wasHeld = before !== undefined && isHeld(before)
  const isHeldNow = isHeld(after)
  const settles = after.state === 'settled' && before?.state !== 'settled'
  if (wasHeld === isHeldNow && !settles) return undefined
  const { cost } = after.offer
  const countedAt = BigInt(countedAtMs(after))
  return {
    settles,
    apply: ({ held, settled, latestAt }) => ({
      held: held + (isHeldNow ? cost : 0n) - (wasHeld ? before.offer.cost : 0n),
      settled: settled + (settles ? cost : 0n),
      // A clock that was set back must not hide what was spent: time in a scope never runs backwards.
      latestAt: settles && countedAt > latestAt ? countedAt : latestAt
    })
  }
}
