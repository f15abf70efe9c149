import type { Clock, RandomBytes } from '@bursar/core'

const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Begins with the time, so that a store appends it at the end of its index. */
export function newPurchaseId({
  clock,
  random
}: {
  readonly clock: Clock
  readonly random: RandomBytes
}): string {
  let id = `p${clock.nowMs().toString(16).padStart(12, '0')}`
  for (const byte of random(10)) id += pairs[byte]
  return id
}
