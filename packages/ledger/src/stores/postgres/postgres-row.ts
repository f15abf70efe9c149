import type { StoredPurchase } from '../stored-purchase.js'
import type { SessionColumns } from './postgres-sessions.js'

/** A row of {@link SELECT_ROW}. */
export interface PostgresRow extends StoredPurchase, SessionColumns {
  readonly seq: string
}

export const SELECT_ROW =
  'SELECT seq, facts, secrets, session, machine, pid, started, heartbeat_at, ended FROM bursar_purchases p ' +
  'LEFT JOIN bursar_sessions s ON s.id = session'
