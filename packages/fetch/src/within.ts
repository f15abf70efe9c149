import type { Clock } from '@bursar/core'

/** How long something is waited for, and what is thrown when that is over. */
export interface TimeLimit {
  readonly ms: number
  readonly clock: Clock
  readonly late: () => Error
}

/**
 * Waits for a promise no longer than a time limit. What it still brings afterwards is let go.
 *
 * @throws what `late` makes.
 */
export async function within<Value>(promise: Promise<Value>, { ms, clock, late }: TimeLimit): Promise<Value> {
  const ended = new AbortController()
  const over = clock.sleep(ms, ended.signal).then(() => {
    throw late()
  })
  try {
    return await Promise.race([promise, over])
  } finally {
    // A reason of our own: the platform's would be an error with a stack, for nobody to see.
    ended.abort('ended')
  }
}
