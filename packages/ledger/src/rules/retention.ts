import type { Purchase } from '@bursar/core'
import { isHeld, isOutstanding } from './questions.js'
import { LONGEST_WINDOW_MS } from './settled-series.js'

/** Twice the longest window of a limit, and of the time within which a call can be resumed. */
export const SHORTEST_KEPT_MS = 2 * LONGEST_WINDOW_MS

/**
 * Whether a purchase can be forgotten: it was reserved before a time, it is over, nobody waits for its answer, and it has no
 * name, which is bought once for ever. What limits have spent is kept in sums, and needs no purchase.
 *
 * @param untilMs Unix milliseconds, at least {@link SHORTEST_KEPT_MS} ago.
 */
export function isForgettable(purchase: Purchase, untilMs: number): boolean {
  if (purchase.reservedAtMs >= untilMs || purchase.call === 'open') return false
  if (isHeld(purchase) || isOutstanding(purchase)) return false
  return purchase.name === undefined || purchase.state === 'dead' || purchase.state === 'released'
}
