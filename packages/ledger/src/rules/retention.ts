import type { Purchase } from '@bursar/core'
import { isHeld } from './questions.js'
import { LONGEST_WINDOW_MS } from './settled-series.js'

/** Twice the longest window of a limit, and of the time within which a call can be resumed. */
const SHORTEST_KEPT_MS = 2 * LONGEST_WINDOW_MS

/**
 * The time before which purchases may be forgotten. Unix milliseconds.
 *
 * @throws {TypeError} when what is over would be kept for too short a time.
 */
export function forgottenUntil(keepMs: number, nowMs: number): number {
  if (!(keepMs >= SHORTEST_KEPT_MS)) throw new TypeError(`keepMs must be at least ${SHORTEST_KEPT_MS}`)
  return Math.trunc(nowMs - keepMs)
}

/** What decides whether a purchase can be forgotten, beside itself. */
export interface RetentionFacts {
  /** Unix milliseconds, from {@link forgottenUntil}. */
  readonly untilMs: number
  /**
   * Whether it is the newest that settled or still may of its network and its host, or of the host that was requested: by that
   * one payees are pinned.
   */
  readonly isNewestOfHost: boolean
}

/**
 * Whether a purchase can be forgotten: it was reserved before a time, it is over, nobody waits for its answer, it pins no payee,
 * and it has no name, which is bought once for ever. What limits have spent is kept in sums, and needs no purchase.
 */
export function isForgettable(purchase: Purchase, { untilMs, isNewestOfHost }: RetentionFacts): boolean {
  if (purchase.reservedAtMs >= untilMs || purchase.call === 'open') return false
  if (isNewestOfHost || isHeld(purchase)) return false
  return purchase.name === undefined || purchase.state === 'dead' || purchase.state === 'released'
}
