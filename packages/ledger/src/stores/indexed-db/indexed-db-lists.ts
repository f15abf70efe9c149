import type { Job, JobNote, JobQuery, Purchase } from '@bursar/core'
import type { Page, PurchaseFilter } from '../../steps/transaction.js'
import { matches } from '../history-filter.js'
import { decodePurchase } from '../stored-purchase.js'
import type { PurchaseRecord } from './purchase-record.js'
import { answerOf } from './request.js'

/** How many numbers of a list are looked at at a time. Those that were forgotten leave gaps. */
const PAGE_RECORDS = 500

interface Numbered {
  readonly seq: number
}

/** A job as it is stored. */
export interface JobRecord extends Job, Numbered {}

/** The number of the newest record; 0 when there is none. */
export async function newestNumber(store: IDBObjectStore): Promise<number> {
  const cursor = await answerOf(store.openKeyCursor(null, 'prev'))
  return Number(cursor?.primaryKey ?? 0)
}

/** The number of the oldest record; 1 when there is none. */
async function oldestNumber(store: IDBObjectStore): Promise<number> {
  const cursor = await answerOf(store.openKeyCursor())
  return Number(cursor?.primaryKey ?? 1)
}

/** Purchases that were made before one, newest first. */
export async function readPurchases(
  store: IDBObjectStore,
  query: PurchaseFilter,
  before: bigint | undefined
): Promise<Page<Purchase>> {
  const { items, next } = await readPage<PurchaseRecord>(store, before)
  return { items: items.map(decodePurchase).filter((purchase) => matches(purchase, query)), next }
}

/** Jobs that were noted before one, newest first. */
export async function readJobs(
  store: IDBObjectStore,
  { fromMs = 0, job }: JobQuery,
  before: bigint | undefined
): Promise<Page<Job>> {
  const { items, next } = await readPage<JobRecord>(store, before)
  const wanted = items.filter((noted) => noted.notedAtMs >= fromMs && (job ?? noted.job) === noted.job)
  return { items: wanted.map(({ seq: _, ...noted }) => noted), next }
}

/** Notes a job. What it was bought by stays, where that is not said again. */
export async function writeJob(store: IDBObjectStore, note: JobNote, notedAtMs: number): Promise<void> {
  const { job, purchase, origin, labels } = note
  const before: JobRecord | undefined = await answerOf(store.index('name').get([job, origin]))
  const seq = before?.seq ?? (await newestNumber(store)) + 1
  const bought = purchase ?? before?.purchase
  const record = { seq, job, origin, labels, notedAtMs: before?.notedAtMs ?? notedAtMs }
  await answerOf(store.put(bought === undefined ? record : { ...record, purchase: bought }))
}

async function readPage<Row extends Numbered>(
  store: IDBObjectStore,
  before: bigint | undefined
): Promise<Page<Row>> {
  const end = before === undefined ? (await newestNumber(store)) + 1 : Number(before)
  const oldest = await oldestNumber(store)
  const from = Math.max(oldest, end - PAGE_RECORDS)
  if (end <= from) return { items: [] }
  const rows: Row[] = await answerOf(store.getAll(IDBKeyRange.bound(from, end, false, true)))
  return { items: rows.reverse(), next: from > oldest ? BigInt(from) : undefined }
}
