import { type Clock, systemClock } from '@bursar/core'

/** The clock of a stack: the machine's, plus what the stack has travelled. */
export interface StackClock extends Clock {
  /** Moves the clock forward. */
  advance(seconds: number): void
  /** Takes it back to the machine's time. */
  reset(): void
}

/** Creates a clock that shows the machine's time. */
export function createStackClock(): StackClock {
  let offsetMs = 0
  return {
    ...systemClock,
    nowMs: () => systemClock.nowMs() + offsetMs,
    advance(seconds) {
      offsetMs += seconds * 1000
    },
    reset() {
      offsetMs = 0
    }
  }
}
