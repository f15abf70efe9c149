import { IS_HELD, IS_UNANSWERED, MAY_HAVE_PAID } from '../sql-conditions.js'
import type { StoredPurchase } from '../stored-purchase.js'
import type { LedgerFile } from './ledger-file.js'

/** A row of {@link SELECT_ROW}. */
export interface SqliteRow extends StoredPurchase {
  readonly seq: bigint
  readonly session: string
}

/** A purchase's row with its bytes, if they are kept. */
export const SELECT_ROW =
  'SELECT purchases.seq AS seq, session, facts, bytes AS secrets FROM purchases LEFT JOIN secrets USING (seq)'

/** The prepared statements that run often. */
export type SqliteStatements = Readonly<ReturnType<typeof prepareStatements>>

/** The number of the newest purchase that may have paid, by either condition. Each has an index of its own. */
function newestOf(...conditions: readonly string[]): string {
  const newest = conditions.map(
    (condition) =>
      `coalesce((SELECT seq FROM purchases WHERE ${condition} AND ${MAY_HAVE_PAID} ORDER BY seq DESC LIMIT 1), 0)`
  )
  return `max(${newest.join(', ')})`
}

/** Prepares the statements that run often. */
export function prepareStatements(file: LedgerFile) {
  return {
    insert: file.prepare(
      'INSERT INTO purchases (id, fingerprint, name, host, path, requested_host, requested_path, network, cost, ' +
        'state, call, session, reserved_at, facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
    ),
    update: file.prepare(
      'UPDATE purchases SET name = ?, state = ?, call = ?, session = ?, job = ?, facts = ? WHERE id = ?'
    ),
    // The most frequent change, which leaves the other indexes untouched.
    progress: file.prepare('UPDATE purchases SET state = ?, call = ?, facts = ? WHERE id = ?'),
    insertSecrets: file.prepare('INSERT INTO secrets VALUES (?, ?, ?)'),
    writeSecrets: file.prepare(
      'INSERT INTO secrets SELECT seq, fingerprint, ? FROM purchases WHERE id = ? ' +
        'ON CONFLICT (seq) DO UPDATE SET bytes = excluded.bytes'
    ),
    eraseSecrets: file.prepare('DELETE FROM secrets WHERE seq = (SELECT seq FROM purchases WHERE id = ?)'),
    byId: file.prepare<SqliteRow>(`${SELECT_ROW} WHERE id = ?`),
    byName: file.prepare<SqliteRow>(`${SELECT_ROW} WHERE name = ?`),
    byJob: file.prepare<SqliteRow>(`${SELECT_ROW} WHERE job = ? ORDER BY purchases.seq DESC LIMIT 1`),
    // An open call of this session is never resumed, and there may be many equal ones.
    withBytes: file.prepare<SqliteRow>(
      `${SELECT_ROW} WHERE secrets.fingerprint = ? AND (call <> 'open' OR session <> ?) ORDER BY secrets.seq`
    ),
    equalCalls: file.prepare<SqliteRow>(
      `${SELECT_ROW} WHERE purchases.seq IN (SELECT seq FROM secrets WHERE fingerprint = ? UNION SELECT seq ` +
        `FROM purchases WHERE fingerprint = ? AND ${IS_HELD}) ORDER BY purchases.seq`
    ),
    newest: file.prepare<{ seq: bigint }>("SELECT seq FROM sqlite_sequence WHERE name = 'purchases'"),
    newestBefore: file.prepare<{ seq: bigint }>(
      'SELECT seq FROM purchases WHERE reserved_at < ? ORDER BY reserved_at DESC, seq DESC LIMIT 1'
    ),
    answeredSince: file.prepare<SqliteRow>(
      `${SELECT_ROW} WHERE purchases.seq > ? AND purchases.fingerprint = ? AND call = 'answered' ORDER BY purchases.seq`
    ),
    // By the index of what is held: in the order of their numbers, SQLite would look at every purchase.
    held: file.prepare<SqliteRow>(
      `${SELECT_ROW} WHERE purchases.seq IN (SELECT seq FROM purchases INDEXED BY purchases_held WHERE ${IS_HELD}) ` +
        'ORDER BY purchases.seq'
    ),
    // Bytes are kept of few purchases: a CROSS JOIN begins with those.
    unanswered: file.prepare<SqliteRow>(
      'SELECT secrets.seq AS seq, session, facts, bytes AS secrets FROM secrets CROSS JOIN purchases USING (seq) ' +
        `WHERE ${IS_UNANSWERED} ORDER BY secrets.seq DESC LIMIT ?`
    ),
    scopes: file.prepare<{ scope: string }>(
      // No scope goes on with the last character there is.
      'SELECT scope FROM sums WHERE scope >= ? AND scope < ? || char(1114111) AND latest_at > ? ' +
        'ORDER BY settled DESC, scope LIMIT ?'
    ),
    lastPayee: file.prepare<{ facts: string }>(
      `SELECT facts FROM purchases WHERE seq = ${newestOf('host = ? AND network = ?', 'requested_host = ? AND network = ?')}`
    ),
    lastCost: file.prepare<{ cost: bigint }>(
      `SELECT cost FROM purchases WHERE seq = ${newestOf('host = ? AND path = ?', 'requested_host = ? AND requested_path = ?')}`
    ),
    noteJob: file.prepare(
      'INSERT INTO jobs (job, purchase, origin, labels, noted_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (job, origin) ' +
        'DO UPDATE SET purchase = coalesce(excluded.purchase, purchase), labels = excluded.labels'
    ),
    setting: file.prepare<{ value: string }>('SELECT value FROM settings WHERE key = ?'),
    setSetting: file.prepare(
      'INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'
    ),
    eraseSetting: file.prepare('DELETE FROM settings WHERE key = ?')
  }
}
