import { heldName } from '../../../rules/questions.js'
import type { BackupPurchase, BackupRow } from '../../backup/backup-row.js'
import { placeColumns } from '../../place-columns.js'
import { notEmptyError } from '../../restored.js'
import { decodePurchase } from '../../stored-purchase.js'
import type { LedgerFile } from '../ledger-file.js'

/** What is restored, and why nothing may be reserved in it yet. */
export interface RestoredRows {
  readonly rows: Iterable<BackupRow>
  readonly reason: string
}

/**
 * Fills an empty ledger in SQLite with what a backup has. Within one transaction, so that a damaged one leaves nothing.
 *
 * @throws {BursarError} `ledger/unavailable` when it is not empty.
 */
export function restoreRows(file: LedgerFile, { rows, reason }: RestoredRows): void {
  const [used] = file
    .prepare(
      'SELECT 1 AS used FROM purchases UNION ALL SELECT 1 FROM sums UNION ALL SELECT 1 FROM jobs LIMIT 1'
    )
    .all()
  if (used) throw notEmptyError()
  const statements = prepareStatements(file)
  for (const row of rows) restoreRow(statements, row)
  statements.setting.run('restored', reason)
}

function restoreRow(statements: Statements, row: BackupRow): void {
  const { setting } = statements
  if (row.kind === 'purchase') restorePurchase(statements, row)
  else if (row.kind === 'frozen') setting.run('frozen', JSON.stringify(row.frozen))
  else if (row.kind === 'forgotten') setting.run('forgotten', String(row.untilMs))
  else statements[row.kind].run(...valuesOf(row))
}

/** In the order of the columns. */
function valuesOf(
  row: Exclude<BackupRow, { kind: 'purchase' | 'frozen' | 'forgotten' }>
): readonly unknown[] {
  if (row.kind === 'sums') return [row.scope, row.held, row.settled, row.latestAt, row.base]
  if (row.kind === 'total') return [row.scope, BigInt(row.at), row.total]
  if (row.kind === 'base') return [row.scope, BigInt(row.chunk), row.base]
  if (row.kind === 'session') return [row.id, BigInt(row.heartbeatAtMs), row.ended ? 1n : 0n]
  const { seq, job, purchase = null, origin, labels, notedAtMs } = row
  return [BigInt(seq), job, purchase, origin, JSON.stringify(labels), BigInt(notedAtMs)]
}

function restorePurchase(statements: Statements, row: BackupPurchase): void {
  const { seq, session, cost, facts, secrets } = row
  const purchase = decodePurchase(row)
  const { id, fingerprint, offer, state, call, job = null, reservedAtMs } = purchase
  statements.purchase.run(
    ...[BigInt(seq), id, fingerprint, heldName(purchase) ?? null, ...placeColumns(purchase)],
    ...[offer.network, cost, state, call, session, job, BigInt(reservedAtMs), facts]
  )
  if (secrets !== null) statements.secrets.run(BigInt(seq), fingerprint, secrets)
}

type Statements = Readonly<ReturnType<typeof prepareStatements>>

function prepareStatements(file: LedgerFile) {
  return {
    purchase: file.prepare(
      'INSERT INTO purchases (seq, id, fingerprint, name, host, path, requested_host, requested_path, network, cost, ' +
        'state, call, session, job, reserved_at, facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'
    ),
    secrets: file.prepare('INSERT INTO secrets VALUES (?, ?, ?)'),
    sums: file.prepare('INSERT INTO sums VALUES (?, ?, ?, ?, ?)'),
    total: file.prepare('INSERT INTO settled VALUES (?, ?, ?)'),
    base: file.prepare('INSERT INTO settled_chunks VALUES (?, ?, ?)'),
    job: file.prepare('INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?)'),
    session: file.prepare("INSERT OR IGNORE INTO sessions VALUES (?, '', 0, '', ?, ?)"),
    setting: file.prepare(
      'INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'
    )
  }
}
