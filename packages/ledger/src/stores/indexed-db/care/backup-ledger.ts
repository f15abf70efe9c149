import {
  type ClockOptions,
  checkClock,
  checkOptions,
  checkText,
  type OptionChecks,
  systemClock
} from '@bursar/core'
import type { BackupRow } from '../../backup/backup-row.js'
import { BackupWriter } from '../../backup/write-backup.js'
import type { JobRecord } from '../indexed-db-lists.js'
import type { SessionRecord } from '../indexed-db-sessions.js'
import { IndexedDbSettings } from '../indexed-db-settings.js'
import type { BaseRecord, SumsRecord, TotalRecord } from '../indexed-db-sums.js'
import type { PurchaseRecord } from '../purchase-record.js'
import { answerOf } from '../request.js'
import type { StoreName } from '../schema.js'
import { transact, withConnection } from './transact.js'

/** Which ledger is backed up. */
export interface BackupOptions extends ClockOptions {
  /** The name of the database. Default: as `indexedDbLedger`. @example { name: 'my-shop-ledger' } */
  readonly name?: string
}

const backupChecks: OptionChecks<BackupOptions> = { name: checkText, clock: checkClock }

/**
 * Copies a ledger whole, as it is at one moment, while any number of tabs use it. A ledger that is restored from the copy pays
 * nothing until it was compared with the chain (`auditOf(bursar).reconcile()`), which counts what was paid since.
 *
 * The copy holds the signed bytes of payments that are not over, as the ledger does: keep it where only its user can read it.
 *
 * @returns lines of JSON in UTF-8, each with a checksum.
 * @example
 * ```ts
 * const backup = await backupLedger()
 * link.href = URL.createObjectURL(new Blob([backup]))
 * ```
 * @throws {TypeError} when an option is unknown or malformed.
 * @throws {BursarError} `ledger/unavailable`
 */
export async function backupLedger(options: BackupOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  checkOptions(options, backupChecks)
  const { name = 'bursar-ledger', clock = systemClock } = options
  const writer = new BackupWriter(clock.nowMs())
  await withConnection(name, (connection) =>
    transact(connection, 'readonly', (transaction) => writeRows(transaction, (row) => writer.add(row)))
  )
  return new Uint8Array(await new Blob([...writer.finish()]).arrayBuffer())
}

async function writeRows(transaction: IDBTransaction, add: (row: BackupRow) => void): Promise<void> {
  const each = <Row>(store: StoreName, rowOf: (record: Row) => BackupRow): Promise<void> =>
    readEach(transaction.objectStore(store), (record: Row) => add(rowOf(record)))
  await each('purchases', ({ seq, session, cost, facts, secrets }: PurchaseRecord) => ({
    kind: 'purchase' as const,
    ...{ seq, session, cost, facts, secrets }
  }))
  await each('sums', (record: SumsRecord) => ({ kind: 'sums', ...record }))
  await each('bases', (record: BaseRecord) => ({ kind: 'base', ...record }))
  await each('totals', (record: TotalRecord) => ({ kind: 'total', ...record }))
  await each('jobs', (record: JobRecord) => ({ kind: 'job', ...record }))
  await each('sessions', ({ id, heartbeatAtMs, ended }: SessionRecord) => ({
    kind: 'session' as const,
    ...{ id, heartbeatAtMs, ended }
  }))
  const settings = new IndexedDbSettings(transaction.objectStore('settings'))
  const [frozen, untilMs] = [await settings.frozen(), await settings.forgottenUntilMs()]
  if (frozen) add({ kind: 'frozen', frozen })
  if (untilMs !== undefined) add({ kind: 'forgotten', untilMs })
}

const PAGE = 500

/** Reads a store in the order of its keys, some at a time. */
async function readEach<Row>(store: IDBObjectStore, use: (record: Row) => void): Promise<void> {
  for (let range: IDBKeyRange | null = null; ; ) {
    const keys: readonly IDBValidKey[] = await answerOf(store.getAllKeys(range, PAGE))
    const records: readonly Row[] = await answerOf(store.getAll(range, PAGE))
    for (const record of records) use(record)
    if (records.length < PAGE) return
    range = IDBKeyRange.lowerBound(keys.at(-1), true)
  }
}
