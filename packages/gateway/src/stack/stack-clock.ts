import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '@bursar/core'

/** The clock of a stack: the machine's, plus what the stack has travelled. */
export interface StackClock extends Clock {
  /** By how much it is ahead of the machine's time. */
  aheadSeconds: number
}

/** The machine's time, also where a test has replaced `Date`: the chains know nothing of that. */
const machineNowMs = Date.now

/** Creates a clock that shows the machine's time. */
export function createStackClock(): StackClock {
  const clock: StackClock = {
    aheadSeconds: 0,
    nowMs: () => machineNowMs() + clock.aheadSeconds * 1000,
    sleep: async (ms, signal, { keepsAlive = true } = {}) => {
      try {
        await wait(ms, undefined, { ref: keepsAlive, ...(signal ? { signal } : {}) })
      } catch (error) {
        throw signal?.aborted ? signal.reason : error
      }
    }
  }
  return clock
}
