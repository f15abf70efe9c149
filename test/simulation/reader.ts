import type { SessionEvidence } from '@bursar/ledger/driver'
import type { SessionRow } from './contents.js'

/** Who reads and writes, and what is known of other sessions' processes. */
export interface Reader {
  readonly session: string
  readonly nowMs: number
  isProcessGone(session: string): boolean
  sharesClock(session: string): boolean
}

/** What a reader knows of the session that works on a purchase. */
export function evidenceOf(reader: Reader, id: string, session: SessionRow | undefined): SessionEvidence {
  return {
    id,
    isOurs: id === reader.session,
    heartbeatAtMs: session?.heartbeatAtMs,
    hasEnded: session?.hasEnded === true,
    isProcessGone: reader.isProcessGone(id),
    sharesClock: reader.sharesClock(id)
  }
}
