import { type Clock, loadOnce } from '@bursar/core'
import type { DatabaseFailure, DatabaseTransaction, SessionDatabase } from '../../session/session-database.js'
import type { Reads } from '../../steps/transaction.js'
import { randomId } from '../random-id.js'
import { Connection } from './connection.js'
import { failureOf } from './indexed-db-error.js'
import { IndexedDbSessions } from './indexed-db-sessions.js'
import { IndexedDbTransaction } from './indexed-db-transaction.js'
import { abort, commitOf } from './request.js'
import { STORES } from './schema.js'
import { SessionLocks } from './session-locks.js'

/** Work in a transaction. */
type Work<Value> = (store: IndexedDbTransaction, sessions: IndexedDbSessions) => Promise<Value>

/**
 * A database of the browser, as one session reaches it. The browser runs the transactions of all tabs on it one after the
 * other, and this store signs within them, since that waits for nothing.
 */
export class IndexedDbDatabase implements SessionDatabase {
  readonly #clock: Clock
  readonly #id = randomId()
  readonly #connection: Connection
  readonly #locks: SessionLocks
  /** Before this session writes anything, it holds its lock. */
  readonly #begin = loadOnce(() => this.#locks.hold(this.#id))

  constructor(name: string, clock: Clock) {
    this.#clock = clock
    this.#connection = new Connection(name)
    this.#locks = new SessionLocks(name)
  }

  nowMs(): number {
    return this.#clock.nowMs()
  }

  async transact<Value>(number: number, run: (store: DatabaseTransaction) => Promise<Value>): Promise<Value> {
    await this.#begin()
    const value = await this.#whenKnown('readwrite', async (store, sessions) => {
      const made = await run(store)
      await sessions.writeNumber(number, store.nowMs)
      return made
    })
    this.#connection.noteCommit()
    return value
  }

  async read<Value>(run: (store: Reads) => Promise<Value>): Promise<Value> {
    await this.#begin()
    return this.#whenKnown('readonly', run)
  }

  failureOf(error: unknown): DatabaseFailure | undefined {
    return failureOf(error)
  }

  async close(): Promise<void> {
    this.#locks.release()
    await this.#connection.close()
  }

  /**
   * Runs work again, in a new transaction, where it met sessions of which nobody has looked yet whether their pages live. A look
   * at locks would end the transaction.
   */
  async #whenKnown<Value>(mode: IDBTransactionMode, work: Work<Value>): Promise<Value> {
    await this.#locks.look([])
    for (;;) {
      const done = await this.#run(mode, work)
      if ('value' in done) return done.value
      await this.#locks.look(done.unknown)
    }
  }

  async #run<Value>(
    mode: IDBTransactionMode,
    work: Work<Value>
  ): Promise<{ readonly value: Value } | { readonly unknown: ReadonlySet<string> }> {
    const database = await this.#connection.open()
    const transaction = database.transaction(STORES, mode, { durability: 'strict' })
    const committed = commitOf(transaction)
    try {
      const sessions = new IndexedDbSessions(transaction.objectStore('sessions'), this.#id, this.#locks)
      const written = await sessions.written()
      const own = { id: this.#id, nowMs: this.#clock.nowMs(), written, sessions }
      const value = await work(new IndexedDbTransaction(transaction, own), sessions)
      if (sessions.unknown.size > 0) return await undo({ unknown: sessions.unknown })
      transaction.commit()
      await committed
      return { value }
    } catch (error) {
      await undo(undefined)
      throw error
    }

    async function undo<Result>(result: Result): Promise<Result> {
      const over = committed.catch(() => {})
      abort(transaction)
      await over
      return result
    }
  }
}
