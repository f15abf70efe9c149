import type { LedgerStatus } from '@bursar/core'
import type { Scope } from '../../../rules/scopes.js'
import type { BackupRow } from '../../backup/backup-row.js'
import type { StoredSums } from '../../running-totals.js'
import { type JobRow, jobOf } from '../../sql-lists.js'
import type { LedgerFile } from '../ledger-file.js'
import type { SqliteRow } from '../statements.js'

const PAGE = 500

/** Everything that a ledger in SQLite consists of. Within one transaction it is of one moment. */
export function* backupRows(file: LedgerFile): Generator<BackupRow> {
  yield* purchaseRows(file)
  yield* sumRows(file)
  yield* totalRows(file)
  yield* otherRows(file)
}

interface PurchaseRow extends SqliteRow {
  readonly cost: bigint
}

function* purchaseRows(file: LedgerFile): Generator<BackupRow> {
  const page = file.prepare<PurchaseRow>(
    'SELECT purchases.seq AS seq, session, cost, facts, bytes AS secrets FROM purchases LEFT JOIN secrets USING (seq) ' +
      `WHERE purchases.seq > ? ORDER BY purchases.seq LIMIT ${PAGE}`
  )
  for (let last = 0n; ; ) {
    const rows = page.all(last)
    for (const { seq, ...row } of rows) {
      last = seq
      yield { kind: 'purchase', ...row, seq: Number(seq) }
    }
    if (rows.length < PAGE) return
  }
}

function* sumRows(file: LedgerFile): Generator<BackupRow> {
  const select = 'SELECT scope, held, settled, latest_at AS latestAt, base FROM sums'
  for (const row of file.prepare<StoredSums & { scope: Scope }>(select).all()) yield { kind: 'sums', ...row }
  const bases = file.prepare<{ scope: Scope; chunk: bigint; base: bigint }>('SELECT * FROM settled_chunks')
  for (const row of bases.all()) yield { kind: 'base', ...row, chunk: Number(row.chunk) }
}

/** There are several of each purchase. */
function* totalRows(file: LedgerFile): Generator<BackupRow> {
  const page = file.prepare<{ scope: Scope; at: bigint; total: bigint }>(
    `SELECT scope, at, total FROM settled WHERE (scope, at) > (?, ?) ORDER BY scope, at LIMIT ${PAGE}`
  )
  for (let last: readonly [string, bigint] = ['', 0n]; ; ) {
    const rows = page.all(...last)
    for (const row of rows) {
      last = [row.scope, row.at]
      yield { kind: 'total', ...row, at: Number(row.at) }
    }
    if (rows.length < PAGE) return
  }
}

function* otherRows(file: LedgerFile): Generator<BackupRow> {
  for (const row of file.prepare<JobRow>('SELECT * FROM jobs ORDER BY seq').all())
    yield { kind: 'job', seq: Number(row.seq), ...jobOf(row) }
  const sessions = file.prepare<{ id: string; heartbeat_at: bigint; ended: bigint }>(
    'SELECT id, heartbeat_at, ended FROM sessions'
  )
  for (const { id, heartbeat_at, ended } of sessions.all())
    yield { kind: 'session', id, heartbeatAtMs: Number(heartbeat_at), ended: ended !== 0n }
  const settings = file.prepare<{ key: string; value: string }>('SELECT key, value FROM settings').all()
  for (const { key, value } of settings) {
    if (key === 'frozen')
      yield { kind: 'frozen', frozen: JSON.parse(value) as NonNullable<LedgerStatus['frozen']> }
    if (key === 'forgotten') yield { kind: 'forgotten', untilMs: Number(value) }
  }
}
