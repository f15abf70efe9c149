import { type Clock, systemClock } from '@bursar/core'

/** The clock of a stack: the machine's, plus what the stack has travelled. */
export interface StackClock extends Clock {
  /** By how much it is ahead of the machine's time. */
  aheadSeconds: number
}

/** Creates a clock that shows the machine's time. */
export function createStackClock(): StackClock {
  const clock: StackClock = {
    ...systemClock,
    aheadSeconds: 0,
    nowMs: () => systemClock.nowMs() + clock.aheadSeconds * 1000
  }
  return clock
}
