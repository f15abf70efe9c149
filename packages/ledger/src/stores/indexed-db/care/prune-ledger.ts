import { type ClockOptions, checkClock, checkOptions, checkText, systemClock, unchecked } from '@bursar/core'
import { chunkOf } from '../../../rules/chunks.js'
import { forgottenUntil, isForgettable } from '../../../rules/retention.js'
import type { Pruned } from '../../pruned.js'
import { decodePurchase } from '../../stored-purchase.js'
import type { Connection } from '../connection.js'
import { type JobRecord, newestNumber } from '../indexed-db-lists.js'
import { IndexedDbSettings } from '../indexed-db-settings.js'
import type { TotalRecord } from '../indexed-db-sums.js'
import type { PurchaseRecord } from '../purchase-record.js'
import { answerOf, lastOf } from '../request.js'
import { transact, withConnection } from './transact.js'

/** What is forgotten of which ledger. */
export interface PruneOptions extends ClockOptions {
  /** The name of the database. Default: as `indexedDbLedger`. @example { name: 'my-shop-ledger', keepMs: 400 * 86_400_000 } */
  readonly name?: string
  /**
   * For how long what is over is kept, in milliseconds. Not below 62 days, twice the longest window of a limit.
   *
   * @example { keepMs: 400 * 86_400_000 }
   */
  readonly keepMs: number
}

/** Records of one transaction: others wait for it no longer than for a payment. */
const BATCH = 500

/**
 * Forgets purchases that are long over, while any number of tabs use the ledger. What every limit has spent stays, in sums. So
 * does what anything still needs: a purchase that is open or can still settle, one with a name, which is bought once for ever,
 * and the newest of each host and network, by which payees are pinned.
 *
 * @example
 * ```ts
 * await pruneLedger({ keepMs: 400 * 86_400_000 })
 * ```
 * @throws {TypeError} when an option is unknown or malformed, or `keepMs` is too short.
 * @throws {BursarError} `ledger/unavailable`
 */
export async function pruneLedger(options: PruneOptions): Promise<Pruned> {
  checkOptions(options, { name: checkText, keepMs: unchecked, clock: checkClock })
  const { name = 'bursar-ledger', keepMs, clock = systemClock } = options
  const untilMs = forgottenUntil(keepMs, clock.nowMs())
  return withConnection(name, async (connection) => {
    // First, so that nobody compares what is gone with the chain.
    await transact(connection, 'readwrite', (transaction) =>
      new IndexedDbSettings(transaction.objectStore('settings')).noteForgotten(untilMs)
    )
    const purchases = await forgetPurchases(connection, untilMs)
    const jobs = await forgetJobs(connection, untilMs)
    await transact(connection, 'readwrite', (transaction) => forgetTotals(transaction, untilMs))
    return { purchases, jobs, untilMs }
  })
}

async function forgetPurchases(connection: Connection, untilMs: number): Promise<number> {
  const range = IDBKeyRange.upperBound(untilMs, true)
  const old = await transact(connection, 'readonly', (transaction) =>
    answerOf(transaction.objectStore('purchases').index('reservedAtMs').getAllKeys(range))
  )
  return inBatches(connection, old, async (transaction, seq) => {
    const purchases = transaction.objectStore('purchases')
    const record: PurchaseRecord | undefined = await answerOf(purchases.get(seq))
    if (!record || !(await isForgotten(purchases, record, untilMs))) return false
    await answerOf(purchases.delete(seq))
    return true
  })
}

async function isForgotten(
  purchases: IDBObjectStore,
  record: PurchaseRecord,
  untilMs: number
): Promise<boolean> {
  // Numbers go on from the newest, and none is given twice.
  if (record.seq === (await newestNumber(purchases))) return false
  const isNewestOfHost = await isNewest(purchases, record)
  return isForgettable(decodePurchase(record), { untilMs, isNewestOfHost })
}

/** Whether it shows the payee of its host, or of the one that was requested. */
async function isNewest(purchases: IDBObjectStore, { seq, paid = [] }: PurchaseRecord): Promise<boolean> {
  for (const place of paid) {
    const range = IDBKeyRange.only([...place])
    const newest = await lastOf<PurchaseRecord>(purchases.index('paid'), range)
    if (newest?.seq === seq) return true
  }
  return false
}

async function forgetJobs(connection: Connection, untilMs: number): Promise<number> {
  const all = await transact(connection, 'readonly', (transaction) =>
    answerOf(transaction.objectStore('jobs').getAllKeys())
  )
  return inBatches(connection, all, async (transaction, seq) => {
    const jobs = transaction.objectStore('jobs')
    const record: JobRecord | undefined = await answerOf(jobs.get(seq))
    if (!record || record.notedAtMs >= untilMs || seq === (await newestNumber(jobs))) return false
    await answerOf(jobs.delete(seq))
    return true
  })
}

/** Looks at records by their numbers, and says how many were forgotten. */
async function inBatches(
  connection: Connection,
  keys: readonly IDBValidKey[],
  forget: (transaction: IDBTransaction, key: IDBValidKey) => Promise<boolean>
): Promise<number> {
  let count = 0
  for (let from = 0; from < keys.length; from += BATCH)
    count += await transact(connection, 'readwrite', async (transaction) => {
      let forgotten = 0
      for (const key of keys.slice(from, from + BATCH)) if (await forget(transaction, key)) forgotten++
      return forgotten
    })
  return count
}

/** Of the running totals of each scope, the newest that is old stays: windows begin at it. */
async function forgetTotals(transaction: IDBTransaction, untilMs: number): Promise<void> {
  const [totals, bases] = [transaction.objectStore('totals'), transaction.objectStore('bases')]
  const scopes = await answerOf(transaction.objectStore('sums').getAllKeys())
  for (const scope of scopes) {
    const old = IDBKeyRange.bound([scope], [scope, untilMs], false, true)
    const kept = await lastOf<TotalRecord>(totals, old)
    if (!kept) continue
    const chunk = Number(chunkOf(BigInt(kept.at)))
    await answerOf(totals.delete(IDBKeyRange.bound([scope], [scope, kept.at], false, true)))
    await answerOf(bases.delete(IDBKeyRange.bound([scope], [scope, chunk], false, true)))
  }
}
