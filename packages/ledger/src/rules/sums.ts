import type { Purchase } from '@bursar/core'
import { isHeld } from './questions.js'

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
  /** Whether a chain's time stands behind `countedAtMs`. Else a clock of ours does, and may have been set back. */
  readonly isDated: boolean
}

/** Says what moves, if anything does. `before` is absent for a new purchase. */
export function moveOf(before: Purchase | undefined, after: Purchase): SumsMove | undefined {
  const wasHeld = before !== undefined && isHeld(before) ? before.offer.cost : 0n
  const isHeldNow = isHeld(after) ? after.offer.cost : 0n
  const settles = after.state === 'settled' && before?.state !== 'settled'
  if (wasHeld === isHeldNow && !settles) return undefined
  return {
    held: isHeldNow - wasHeld,
    settled: settles ? after.offer.cost : 0n,
    countedAtMs: after.state === 'settled' ? after.countedAtMs : 0,
    isDated: after.kind !== 'account'
  }
}
