import type { ProofRejectionReason } from './verdict.js'

/** From when to when a proof is valid. All in Unix milliseconds. */
export interface ProofTimes {
  readonly issuedAtMs: number
  readonly expiresAtMs?: number | undefined
  readonly notBeforeMs?: number | undefined
}

/** How old a proof may be, and how far ahead of our clock. */
export interface TimeRules {
  readonly maxAgeSeconds: number
  readonly maxFutureSeconds: number
}

/** Says what is wrong with a proof's times; nothing when they are right. */
export function evaluateTimes(
  times: ProofTimes,
  rules: TimeRules,
  nowMs: number
): ProofRejectionReason | undefined {
  const ageMs = nowMs - times.issuedAtMs
  if (ageMs > rules.maxAgeSeconds * 1000) return 'too-old'
  if (ageMs < -rules.maxFutureSeconds * 1000) return 'in-future'
  if (times.expiresAtMs !== undefined && times.expiresAtMs <= nowMs) return 'expired'
  return times.notBeforeMs !== undefined && times.notBeforeMs > nowMs ? 'not-yet-valid' : undefined
}
