import type { Purchase } from '@bursar/core'
import { isBilled, isHeld } from './questions.js'

/** What one scope has spent and could still spend. Atomic USDC. */
export interface ScopeSums {
  /** What could still settle. */
  readonly held: bigint
  /** What has settled, ever. */
  readonly settled: bigint
}

/** How a purchase that changes moves the sums of its scopes. */
export interface SumsMove {
  readonly held: bigint
  readonly settled: bigint
  /** From when it counts that it settled. Unix milliseconds. */
  readonly countedAtMs: number
  /** Whether it counts exactly from `countedAtMs`. Otherwise that is our own clock's time, which may have been set back. */
  readonly hasExactTime: boolean
}

/** Returns how the sums change, or `undefined` when they do not. `before` is absent for a new purchase. */
export function moveOf(before: Purchase | undefined, after: Purchase): SumsMove | undefined {
  const wasHeld = before !== undefined && isHeld(before) ? before.offer.cost : 0n
  const isHeldNow = isHeld(after) ? after.offer.cost : 0n
  const settled = settledCost(after) - settledCost(before)
  if (wasHeld === isHeldNow && settled === 0n) return undefined
  return {
    held: isHeldNow - wasHeld,
    settled,
    countedAtMs: after.state === 'settled' ? after.countedAtMs : 0,
    // What a correction takes away is taken away where it was counted, or before: no window counts too little.
    hasExactTime: !isBilled(after) || settled < 0n
  }
}

function settledCost(purchase: Purchase | undefined): bigint {
  return purchase?.state === 'settled' ? purchase.offer.cost : 0n
}
