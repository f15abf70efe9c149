import type { Clock, RandomBytes } from '@bursar/core'

/** Begins with the time, so that a store appends it at the end of its index. */
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
