import type { ResumeLook } from '@bursar/core'

/** How often a session says that it is at work, and for how long it may be silent before its calls count as ended. */
export const HEARTBEAT_MS = 2_000
export const SILENCE_MS = 10_000

/** What is known of a session. */
export interface SessionEvidence {
  readonly id: string
  /** It is the one that asks. */
  readonly isOurs: boolean
  /** By the clock of the ledger when it was written. Absent: it was forgotten, long ago. */
  readonly heartbeatAtMs: number | undefined
  /** It said that it goes. */
  readonly hasEnded: boolean
  /** Its process is proven to be gone from this very machine. */
  readonly isProcessGone: boolean
}

/** Whether a session is still at work: by evidence, never by the absence of it. */
export type Liveness =
  | { readonly kind: 'alive' }
  | { readonly kind: 'gone'; readonly sinceMs: number }
  /** Neither is proven yet. Within this time one of the two will be. */
  | { readonly kind: 'unknown'; readonly withinMs: number }

/** What was seen when somebody began to look: when, and the heartbeats of the sessions that mattered then. */
export type Look = Pick<ResumeLook, 'sinceMs' | 'heartbeats'>

/**
 * Judges a session. It is alive when its heartbeat changed while we looked, and gone when it said so, when its process is
 * proven gone, when its heartbeat is older than the silence, or when it stood still for as long while we looked. A heartbeat
 * that lies ahead of our clock proves nothing by itself. A session that took up the call while we looked was at work then.
 *
 * @param look what was seen when the caller began to wait. Absent: it begins now.
 */
export function evaluateSession(session: SessionEvidence, nowMs: number, look?: Look): Liveness {
  if (session.isOurs) return { kind: 'alive' }
  const { heartbeatAtMs } = session
  if (heartbeatAtMs === undefined) return { kind: 'gone', sinceMs: 0 }
  const gone = { kind: 'gone', sinceMs: Math.min(heartbeatAtMs, nowMs) } as const
  if (session.hasEnded || session.isProcessGone) return gone
  if (nowMs - heartbeatAtMs > SILENCE_MS) return gone
  if (look === undefined) return { kind: 'unknown', withinMs: SILENCE_MS }
  if (look.heartbeats[session.id] !== heartbeatAtMs) return { kind: 'alive' }
  const lookedMs = nowMs - look.sinceMs
  return lookedMs >= SILENCE_MS ? gone : { kind: 'unknown', withinMs: SILENCE_MS - lookedMs }
}
