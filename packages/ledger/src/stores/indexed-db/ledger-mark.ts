import { IndexedDbSettings } from './indexed-db-settings.js'
import { commitOf } from './request.js'

const REASON = 'the browser has removed the database of the ledger before this one'

/**
 * The mark of a ledger outside of its database, in `localStorage`: a browser that cannot write a database, since the disk is
 * full, removes it and makes an empty one, and leaves the rest of the site's data. Workers have no such place.
 */
export class LedgerMark {
  readonly #key: string
  #isMarked = false

  constructor(database: string) {
    this.#key = `bursar-ledger ${database}`
  }

  /** Notes in a database that the ledger which was marked is gone: nothing is reserved until it was compared with the chain. */
  async check(database: IDBDatabase, ledger: string): Promise<void> {
    const marked = tryWith((storage) => storage.getItem(this.#key))
    if (!marked || marked === ledger) return
    await noteRestored(database)
    this.mark(ledger)
  }

  /** Marks a ledger that has been written to. */
  mark(ledger: string): void {
    if (this.#isMarked) return
    this.#isMarked = true
    tryWith((storage) => storage.setItem(this.#key, ledger))
  }
}

async function noteRestored(database: IDBDatabase): Promise<void> {
  const transaction = database.transaction('settings', 'readwrite', { durability: 'strict' })
  const committed = commitOf(transaction)
  const settings = new IndexedDbSettings(transaction.objectStore('settings'))
  if (!(await settings.restored())) await settings.setRestored(REASON)
  await committed
}

/** The browser may allow a page no storage, or have no room in it. */
function tryWith<Value>(use: (storage: Storage) => Value): Value | undefined {
  try {
    return globalThis.localStorage && use(globalThis.localStorage)
  } catch {
    return undefined
  }
}
