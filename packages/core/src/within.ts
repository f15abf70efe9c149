import { eitherSignal } from './either-signal.js'
import type { Clock } from './interfaces/clock.js'

/** A time limit, and the error that is thrown when it is over. */
export interface TimeLimit {
  readonly ms: number
  readonly clock: Clock
  readonly late: () => Error
  /** Ends the wait, of which nothing is left then: a timer would keep the process open. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Waits for a promise up to a time limit. A late result is ignored.
 *
 * @throws the error that `late` builds, or the signal's reason.
 */
export async function within<Value>(
  promise: Promise<Value>,
  { ms, clock, late, signal }: TimeLimit
): Promise<Value> {
  const ended = new AbortController()
  const either = eitherSignal(signal, ended.signal)
  const over = clock.sleep(ms, either).then(() => {
    throw late()
  })
  try {
    return await Promise.race([promise, over])
  } finally {
    // A reason of our own is cheaper: the platform's default builds an error with a stack that nobody reads.
    ended.abort('ended')
  }
}
