import type { Clock } from '@bursar/core'

const numbers = new WeakMap<Clock, number>()
let count = 0

/** Ledgers with different clocks share nothing. @returns nought where there is no clock of the caller's own. */
export function clockNumber(clock: Clock | undefined): number {
  if (!clock) return 0
  const number = numbers.get(clock) ?? ++count
  numbers.set(clock, number)
  return number
}
