import type { Clock } from '@bursar/core'
import { unavailableError } from '../errors.js'
import type { DatabaseFailure } from './session-database.js'

/** How a caller of a database waits. */
export interface Patience {
  readonly clock: Clock
  /** How long a caller waits at most. */
  readonly timeoutMs: number
}

/** How often work is tried, and how long is waited after the first time; all waits together take some three seconds. */
const MAX_TRIES = 7
const FIRST_WAIT_MS = 25
/** Ends a wait that is over. Without a reason, an abort would make an error with a stack, each time. */
const SETTLED = 'settled'

/** Work on a database that is tried again. */
export interface Attempts<Value> {
  run(): Promise<Value>
  /** Reads what `run` threw. */
  failureOf(error: unknown): DatabaseFailure | undefined
  /** Whether anybody still waits for it. */
  isWanted(): boolean
}

/** Tries again what may succeed in a moment, as long as somebody waits for it. @throws the error for the callers. */
export async function retry<Value>({ clock }: Patience, attempts: Attempts<Value>): Promise<Value> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempts.run()
    } catch (thrown) {
      const failure = attempts.failureOf(thrown)
      const isOver = failure?.isPassing === false || tries === MAX_TRIES || !attempts.isWanted()
      if (isOver) throw failure?.error ?? thrown
      await clock.sleep(FIRST_WAIT_MS * 2 ** (tries - 1))
    }
  }
}

/**
 * Waits for work as long as a caller is patient.
 *
 * @param giveUp called when the caller waits no longer.
 * @throws {BursarError} `ledger/unavailable`
 */
export function whilePatient<Value>(
  { clock, timeoutMs }: Patience,
  work: Promise<Value>,
  giveUp: () => void
): Promise<Value> {
  const settled = new AbortController()
  const impatient = clock.sleep(timeoutMs, settled.signal, { keepsAlive: false }).then(() => {
    giveUp()
    throw unavailableError('its database does not answer')
  })
  return Promise.race([work, impatient]).finally(() => settled.abort(SETTLED))
}
