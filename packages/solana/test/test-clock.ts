import type { Clock } from '@bursar/core'

/** A clock that only the test and its sleeps move. */
export interface TestClock extends Clock {
  /** Milliseconds. */
  advance(ms: number): void
  /** How long was slept, each time. */
  readonly sleeps: readonly number[]
}

/** Starts at a fixed instant. */
export function testClock(): TestClock {
  let nowMs = 1_700_000_000_000
  const sleeps: number[] = []
  return {
    nowMs: () => nowMs,
    async sleep(ms) {
      sleeps.push(ms)
      nowMs += ms
    },
    advance(ms) {
      nowMs += ms
    },
    sleeps
  }
}
