import type { Clock } from '@bursar/core'

const numbers = new WeakMap<Clock, number>()
let count = 0

/** A number for each clock: ledgers with different clocks share nothing. @returns 0 where the caller gave no clock. */
export function clockNumber(clock: Clock | undefined): number {
  if (!clock) return 0
  const number = numbers.get(clock) ?? ++count
  numbers.set(clock, number)
  return number
}
