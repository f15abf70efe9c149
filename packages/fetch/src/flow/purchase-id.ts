import type { Clock, RandomBytes } from '@bursar/core'

/** Begins with the time, so that a store with many finds its place at the end. */
export function newPurchaseId({
  clock,
  random
}: {
  readonly clock: Clock
  readonly random: RandomBytes
}): string {
  let id = `p${clock.nowMs().toString(16).padStart(12, '0')}`
  for (const byte of random(10)) id += byte.toString(16).padStart(2, '0')
  return id
}
