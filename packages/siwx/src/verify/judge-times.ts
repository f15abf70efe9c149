import type { ProofRefusal } from './verdict.js'

/** When a proof counts. All in Unix milliseconds. */
export interface ProofTimes {
  readonly issuedAtMs: number
  readonly expiresAtMs?: number | undefined
  readonly notBeforeMs?: number | undefined
}

/** How much is allowed. */
export interface TimeRules {
  readonly maxAgeSeconds: number
  readonly maxFutureSeconds: number
}

/** What is wrong with a proof's times, if anything. */
export function judgeTimes(times: ProofTimes, rules: TimeRules, nowMs: number): ProofRefusal | undefined {
  const ageMs = nowMs - times.issuedAtMs
  if (ageMs > rules.maxAgeSeconds * 1000) return 'too-old'
  if (ageMs < -rules.maxFutureSeconds * 1000) return 'in-future'
  if (times.expiresAtMs !== undefined && times.expiresAtMs <= nowMs) return 'expired'
  return times.notBeforeMs !== undefined && times.notBeforeMs > nowMs ? 'not-yet-valid' : undefined
}
