import { isProvenGone, ownIdentity } from '@bursar/core/files'
import type { SessionEvidence } from '../../rules/liveness.js'
import type { SessionNote } from '../../session/session-driver.js'
import type { Runner } from './runner.js'

/** Sessions are kept longer than any resume window. */
export const SESSIONS_KEPT_MS = 32 * 86_400_000

/** The columns of a purchase's session, as they are joined to it. */
export interface SessionColumns {
  readonly session: string
  readonly machine: string | null
  readonly pid: string | null
  readonly started: string | null
  readonly heartbeat_at: string | null
  readonly ended: boolean | null
}

/** Writes a session's heartbeat, or its end, with which its open calls have ended. */
export async function noteSession(
  runner: Runner,
  { id, nowMs, note }: { readonly id: string; readonly nowMs: number; readonly note: SessionNote }
): Promise<void> {
  const { machine, pid, started } = ownIdentity()
  await runner.rows(
    `INSERT INTO bursar_sessions (id, machine, pid, started, heartbeat_at, ended) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id)
       DO UPDATE SET heartbeat_at = excluded.heartbeat_at, ended = excluded.ended`,
    [id, machine, pid, started, nowMs, note === 'ended']
  )
}

/** Deletes old sessions, whose calls can no longer be resumed. */
export async function forgetOldSessions(runner: Runner, nowMs: number): Promise<void> {
  await runner.rows('DELETE FROM bursar_sessions WHERE heartbeat_at < $1', [nowMs - SESSIONS_KEPT_MS])
}

export function evidenceOf(row: SessionColumns, ownId: string): SessionEvidence {
  const { session: id, machine, pid, started, heartbeat_at: heartbeatAt, ended } = row
  return {
    id,
    isOurs: id === ownId,
    heartbeatAtMs: heartbeatAt === null ? undefined : Number(heartbeatAt),
    hasEnded: ended === true,
    isProcessGone: isProvenGone({ machine: machine ?? '', pid: Number(pid), started: started ?? '' }),
    sharesClock: true
  }
}
