import type { Clock } from '@bursar/core'
import { clockNumber } from '../../session/clock-number.js'
import { LedgerSession } from '../../session/ledger-session.js'
import { type Share, SharedSessions } from '../../session/shared-sessions.js'
import { SharedStore } from '../../session/shared-store.js'
import { TransactionQueue } from '../../session/transaction-queue.js'
import { IndexedDbDatabase } from './indexed-db-database.js'

/** The longest that a caller waits: another tab may hold the database for as long. */
const TIMEOUT_MS = 10_000

const sessions = new SharedSessions<LedgerSession>()

/** Keeps purchases in a database of the browser. All ledgers of this page on one database share one session. */
export class IndexedDbStore extends SharedStore {
  constructor(name: string, clock: Clock) {
    super(`a page of ${globalThis.location?.origin ?? 'this browser'}`, shareOf(name, clock))
  }
}

function shareOf(name: string, clock: Clock): Share<LedgerSession> {
  return sessions.share(
    `${name} ${clockNumber(clock)}`,
    () =>
      new LedgerSession(
        clock,
        (hooks) =>
          new TransactionQueue(new IndexedDbDatabase(name, clock), hooks, { clock, timeoutMs: TIMEOUT_MS })
      )
  )
}
