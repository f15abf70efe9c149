import type { RandomBytes } from '@bursar/core'

/** Where the service does not say: twice a minute, and once a minute after five. @see Katana's skill, "polling" */
const FALLBACK_SECONDS = 30
const LATE_FALLBACK_SECONDS = 60
const LATE_AFTER_MS = 5 * 60_000
/** What a service may ask for: sooner would burden it, later would lose the job. */
const MIN_SECONDS = 0.25
const MAX_SECONDS = 600
const JITTER = 0.1
const FIRST_RETRY_MS = 1000
const MAX_RETRY_MS = 60_000

/**
 * Milliseconds before the state of a job is requested again: as the service says, never less, up to a tenth more, so
 * that many jobs do not poll at once.
 */
export function pollDelayMs(
  pollAfterSeconds: number | undefined,
  waitedMs: number,
  random: RandomBytes
): number {
  const fallback = waitedMs > LATE_AFTER_MS ? LATE_FALLBACK_SECONDS : FALLBACK_SECONDS
  const seconds = Math.min(Math.max(pollAfterSeconds ?? fallback, MIN_SECONDS), MAX_SECONDS)
  return withJitter(seconds * 1000, random)
}

/**
 * Milliseconds before a request that failed is made again: as Retry-After says, else twice as long each time.
 *
 * @param failures how many in a row, from 1.
 */
export function retryDelayMs(
  failures: number,
  retryAfterSeconds: number | undefined,
  random: RandomBytes
): number {
  if (retryAfterSeconds !== undefined) return withJitter(retryAfterSeconds * 1000, random)
  return withJitter(Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), MAX_RETRY_MS), random)
}

function withJitter(ms: number, random: RandomBytes): number {
  const [byte = 0] = random(1)
  return Math.ceil(ms * (1 + (JITTER * byte) / 255))
}
