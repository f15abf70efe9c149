import { unavailableError } from '../../errors.js'
import { LedgerMark } from './ledger-mark.js'
import { createStores, readLedgerName, SCHEMA_VERSION } from './schema.js'

/**
 * The connection to a database. The browser may close it: to make room for a later version of the page, or because its
 * storage failed. It is opened again when it is needed.
 */
export class Connection {
  readonly #name: string
  #database: Promise<IDBDatabase> | undefined
  readonly #mark: LedgerMark
  #ledger: string | undefined

  constructor(name: string) {
    this.#name = name
    this.#mark = new LedgerMark(name)
  }

  /** What was committed is known by the ledger's mark from now on. */
  noteCommit(): void {
    if (this.#ledger !== undefined) this.#mark.mark(this.#ledger)
  }

  /** @throws {BursarError} `ledger/unavailable` when the database is another one by now. */
  open(): Promise<IDBDatabase> {
    this.#database ??= this.#open().catch((error: unknown) => {
      this.#database = undefined
      throw error
    })
    return this.#database
  }

  async close(): Promise<void> {
    const database = await this.#database?.catch(() => undefined)
    database?.close()
  }

  async #open(): Promise<IDBDatabase> {
    const database = await openDatabase(this.#name)
    const forget = (): void => {
      this.#database = undefined
    }
    database.onclose = forget
    database.onversionchange = () => {
      forget()
      database.close()
    }
    const ledger = await readLedgerName(database)
    this.#ledger ??= ledger
    if (ledger === this.#ledger) {
      await this.#mark.check(database, ledger)
      return database
    }
    database.close()
    throw unavailableError('its database was removed while it was open: reload the page')
  }
}

function openDatabase(name: string): Promise<IDBDatabase> {
  if (!globalThis.indexedDB) throw unavailableError('this platform has no IndexedDB')
  const request = indexedDB.open(name, SCHEMA_VERSION)
  return new Promise((resolve, reject) => {
    request.onupgradeneeded = () => {
      if (request.transaction) createStores(request.result, request.transaction)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
