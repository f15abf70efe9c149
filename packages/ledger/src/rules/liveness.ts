import type { ResumeLook, SeenSession } from '@bursar/core'

/** How often a session writes its heartbeat, and how long it may be silent before its calls count as ended. */
export const HEARTBEAT_MS = 2_000
export const SILENCE_MS = 10_000

/** The evidence about a session. */
export interface SessionEvidence {
  readonly id: string
  /** Whether it is the session that reads. */
  readonly isOurs: boolean
  /** When its last heartbeat was written, by the ledger's clock. Absent: the session was deleted long ago. */
  readonly heartbeatAtMs: number | undefined
  /** Whether it recorded its own end. */
  readonly hasEnded: boolean
  /** Whether its process provably no longer runs on this machine. */
  readonly isProcessGone: boolean
  /** Whether its heartbeats and our looks are by the same clock: one database's, or one machine's. */
  readonly sharesClock: boolean
}

/** Whether a session still works, as far as the evidence shows; a lack of evidence proves neither. */
export type Liveness =
  | { readonly kind: 'alive' }
  | { readonly kind: 'gone'; readonly sinceMs: number }
  /** Neither is proven yet. One of the two will be within this time. */
  | { readonly kind: 'unknown'; readonly withinMs: number }

/**
 * Decides whether a session still works. It is alive when it began a transaction while we looked. It is gone when it
 * recorded its end, when its process is proven gone, when its heartbeat is older than `SILENCE_MS`, or when the
 * heartbeat did not change for that long while we looked. A heartbeat ahead of our clock proves nothing by itself. A
 * session that resumed the call while we looked was at work then.
 *
 * @param look what was seen since the caller began to wait. Absent: it begins now.
 */
export function evaluateSession(session: SessionEvidence, nowMs: number, look?: ResumeLook): Liveness {
  if (session.isOurs) return { kind: 'alive' }
  const { heartbeatAtMs } = session
  if (heartbeatAtMs === undefined) return { kind: 'gone', sinceMs: 0 }
  const gone = { kind: 'gone', sinceMs: Math.min(heartbeatAtMs, nowMs) } as const
  if (session.hasEnded || session.isProcessGone) return gone
  if (nowMs - heartbeatAtMs > SILENCE_MS) return gone
  if (look === undefined) return { kind: 'unknown', withinMs: SILENCE_MS }
  const seen = look.sessions[session.id]
  if (!seen || hasBegunSince(seen, session)) return { kind: 'alive' }
  const lookedMs = seen.heartbeatAtMs === heartbeatAtMs ? nowMs - seen.sinceMs : 0
  return lookedMs >= SILENCE_MS ? gone : { kind: 'unknown', withinMs: SILENCE_MS - lookedMs }
}

/**
 * Whether a session has begun a transaction since it was seen. Its heartbeat comes with everything that it had to write
 * when that transaction began, which may have been before our look, if it was slow: then a call that has failed may
 * still be open in the ledger. Where clocks differ, only the next heartbeat shows that.
 */
function hasBegunSince(seen: SeenSession, { heartbeatAtMs = 0, sharesClock }: SessionEvidence): boolean {
  if (seen.heartbeatAtMs === heartbeatAtMs) return false
  return seen.isRenewed || (sharesClock && heartbeatAtMs > seen.sinceMs)
}

/** What has been seen of a session by now. */
export function seeSession(
  { heartbeatAtMs = 0 }: SessionEvidence,
  nowMs: number,
  seen?: SeenSession
): SeenSession {
  if (seen?.heartbeatAtMs === heartbeatAtMs) return seen
  return { heartbeatAtMs, sinceMs: nowMs, isRenewed: seen !== undefined }
}
