import { checkOptions, checkText, unchecked } from '@bursar/core'
import type { BackupRow } from '../../backup/backup-row.js'
import { type Backup, backupError, readBackup } from '../../backup/read-backup.js'
import { backupReason, notEmptyError } from '../../restored.js'
import { decodePurchase } from '../../stored-purchase.js'
import { failureOf } from '../indexed-db-error.js'
import { IndexedDbSettings } from '../indexed-db-settings.js'
import { recordOf } from '../purchase-record.js'
import { answerOf } from '../request.js'
import { transact, withConnection } from './transact.js'

/** What is restored, and where to. */
export interface RestoreOptions {
  /** The name of the database. Default: as `indexedDbLedger`. @example { name: 'restored', backup } */
  readonly name?: string
  /** What `backupLedger` returned. @example { backup } */
  readonly backup: Uint8Array<ArrayBuffer>
}

/**
 * Fills a database that has no purchases with a backup, of a Durable Object's ledger too. It pays nothing until it was compared
 * with the chain (`auditOf(bursar).reconcile()`). A payment that was out when the backup was made is resumed with the same bytes.
 *
 * @example
 * ```ts
 * await restoreLedger({ backup: new Uint8Array(await chosen.arrayBuffer()) })
 * ```
 * @throws {TypeError} when an option is unknown or malformed.
 * @throws {BursarError} `ledger/unavailable` when the backup is damaged or was cut (`reason` names the line), or the ledger has
 * purchases; it stays as it was.
 */
export async function restoreLedger(options: RestoreOptions): Promise<void> {
  checkOptions(options, { name: checkText, backup: unchecked })
  const { name = 'bursar-ledger', backup } = options
  const read = readBackup(backup)
  await withConnection(name, (connection) =>
    transact(connection, 'readwrite', (transaction) => restore(transaction, read))
  )
}

async function restore(transaction: IDBTransaction, { atMs, rows }: Backup): Promise<void> {
  for (const store of ['purchases', 'sums', 'jobs'])
    if ((await answerOf(transaction.objectStore(store).count())) > 0) throw notEmptyError()
  try {
    for (const row of rows()) await restoreRow(transaction, row)
  } catch (error) {
    throw failureOf(error) ? error : backupError(error)
  }
  await new IndexedDbSettings(transaction.objectStore('settings')).setRestored(backupReason(atMs))
}

async function restoreRow(transaction: IDBTransaction, row: BackupRow): Promise<void> {
  const put = (store: string, record: object): Promise<unknown> =>
    answerOf(transaction.objectStore(store).put(record))
  const settings = new IndexedDbSettings(transaction.objectStore('settings'))
  const { kind, ...record } = row
  if (row.kind === 'purchase')
    await put(
      'purchases',
      recordOf(decodePurchase(row), { seq: row.seq, session: row.session, cost: row.cost })
    )
  else if (row.kind === 'session') await put('sessions', { ...record, written: 0 })
  else if (row.kind === 'frozen') await settings.setFrozen(row.frozen)
  else if (row.kind === 'forgotten') await settings.noteForgotten(row.untilMs)
  else await put(storeOf[row.kind], record)
}

const storeOf = { sums: 'sums', total: 'totals', base: 'bases', job: 'jobs' } as const
