import { randomId } from '../random-id.js'
import { answerOf } from './request.js'

/** The version that this code reads and writes. */
export const SCHEMA_VERSION = 1

/** The stores of records. */
export const STORES = ['purchases', 'sums', 'totals', 'bases', 'jobs', 'sessions', 'settings'] as const
export type StoreName = (typeof STORES)[number]

/** What finds a purchase, beside its number. A record that lacks the property is not in the index. */
const PURCHASE_INDEXES: readonly (readonly [name: string, path: string | string[], unique?: true])[] = [
  ['id', 'id', true],
  ['name', 'name', true],
  ['job', 'job'],
  ['reservedAtMs', 'reservedAtMs'],
  ['kept', 'kept'],
  ['held', 'held'],
  ['unanswered', 'unanswered'],
  ['answered', ['answered', 'seq']]
]

/** Indexes that have an entry for each of a list in the record. */
const LISTED_INDEXES = ['paid', 'priced'] as const

/** Makes the stores of an empty database. */
export function createStores(database: IDBDatabase, transaction: IDBTransaction): void {
  const purchases = database.createObjectStore('purchases', { keyPath: 'seq' })
  for (const [name, path, unique = false] of PURCHASE_INDEXES) purchases.createIndex(name, path, { unique })
  for (const name of LISTED_INDEXES) purchases.createIndex(name, name, { multiEntry: true })
  database.createObjectStore('sums', { keyPath: 'scope' })
  database.createObjectStore('totals', { keyPath: ['scope', 'at'] })
  database.createObjectStore('bases', { keyPath: ['scope', 'chunk'] })
  database
    .createObjectStore('jobs', { keyPath: 'seq' })
    .createIndex('name', ['job', 'origin'], { unique: true })
  database.createObjectStore('sessions', { keyPath: 'id' }).createIndex('heartbeatAtMs', 'heartbeatAtMs')
  database.createObjectStore('settings')
  transaction.objectStore('settings').put(randomId(), 'ledger')
}

/** The ledger's own name: a database that was removed and made anew has another. */
export async function readLedgerName(database: IDBDatabase): Promise<string> {
  const settings = database.transaction('settings').objectStore('settings')
  return answerOf<string>(settings.get('ledger'))
}
