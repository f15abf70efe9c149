import type { AtomicUsdc } from './atomic.js'

/** Whether a price is more than `factor` times what the same was last bought for. Exactly as many times is not more. */
export function hasRisen(cost: AtomicUsdc, last: AtomicUsdc, factor: number): boolean {
  // A quotient that equals the factor in decimals is the same number. 115 is more than 100 * 1.15 is as a number.
  return Number(cost) / Number(last) > factor
}
