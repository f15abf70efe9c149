import type { RandomBytes } from '@bursar/core'

/** When the service does not say: twice a minute, and after five minutes once. @see Katana's skill, "polling" */
const FALLBACK_SECONDS = 30
const LATE_FALLBACK_SECONDS = 60
const LATE_AFTER_MS = 5 * 60_000
/** What a service may ask for. Less would be hammering, more would be forgetting. */
const LEAST_SECONDS = 0.25
const MOST_SECONDS = 600
const JITTER = 0.1
const FIRST_RETRY_MS = 1000
const MOST_RETRY_MS = 60_000

/**
 * How long to wait before a job is asked about again: as the service says, never less, up to a tenth more, so that
 * many jobs do not ask at once.
 */
export function pollDelayMs(
  pollAfterSeconds: number | undefined,
  waitedMs: number,
  random: RandomBytes
): number {
  const fallback = waitedMs > LATE_AFTER_MS ? LATE_FALLBACK_SECONDS : FALLBACK_SECONDS
  const seconds = Math.min(Math.max(pollAfterSeconds ?? fallback, LEAST_SECONDS), MOST_SECONDS)
  return jittered(seconds * 1000, random)
}

/**
 * How long to wait after a question that failed: Retry-After where there was one, else twice as long each time.
 *
 * @param failures how many in a row, from 1.
 */
export function retryDelayMs(
  failures: number,
  retryAfterSeconds: number | undefined,
  random: RandomBytes
): number {
  if (retryAfterSeconds !== undefined) return jittered(retryAfterSeconds * 1000, random)
  return jittered(Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), MOST_RETRY_MS), random)
}

function jittered(ms: number, random: RandomBytes): number {
  const [byte = 0] = random(1)
  return Math.ceil(ms * (1 + (JITTER * byte) / 255))
}
