import type { Purchase } from '@bursar/core'

/** When a purchase settled, and from when it counts in rolling windows. Unix milliseconds. */
export interface SettledTimes {
  readonly settledAtMs: number
  readonly countedAtMs: number
}

/**
 * Dates a settlement: by the chain's time where it is known. Otherwise it happened by now, and by the end of its
 * authorization, and it counts from that end, which is the latest possible time. Nothing settles before it was
 * reserved, whatever a chain's clock says. Where the end is an estimate, what settled by now may have settled after it.
 *
 * @param chainAtMs the time of the block, where it is known.
 */
export function settledTimes(purchase: Purchase, chainAtMs: number | undefined, nowMs: number): SettledTimes {
  const { reservedAtMs } = purchase
  const learnedAtMs = Math.max(nowMs, reservedAtMs)
  if (!('authorization' in purchase)) return { settledAtMs: learnedAtMs, countedAtMs: learnedAtMs }
  const endMs = Math.max(purchase.authorization.expiresAtSeconds * 1000, reservedAtMs)
  const lastAtMs = hasEstimatedEnd(purchase) ? Math.max(endMs, learnedAtMs) : endMs
  if (chainAtMs === undefined) return { settledAtMs: Math.min(learnedAtMs, lastAtMs), countedAtMs: lastAtMs }
  const atMs = Math.min(Math.max(chainAtMs, reservedAtMs), lastAtMs)
  return { settledAtMs: atMs, countedAtMs: atMs }
}

/** Solana counts blocks, and its payer estimates how long they take. */
function hasEstimatedEnd({ offer }: Purchase): boolean {
  return offer.network.startsWith('solana:')
}
