import { Connection } from '../connection.js'
import { failureOf } from '../indexed-db-error.js'
import { abort, commitOf } from '../request.js'
import { STORES } from '../schema.js'

/** Uses a database over a connection of its own. @throws {BursarError} `ledger/unavailable` */
export async function withConnection<Value>(
  name: string,
  use: (connection: Connection) => Promise<Value>
): Promise<Value> {
  const connection = new Connection(name)
  try {
    return await use(connection)
  } catch (error) {
    throw failureOf(error)?.error ?? error
  } finally {
    await connection.close()
  }
}

/** Runs work in one transaction, which is undone when it throws. */
export async function transact<Value>(
  connection: Connection,
  mode: IDBTransactionMode,
  work: (transaction: IDBTransaction) => Promise<Value>
): Promise<Value> {
  const database = await connection.open()
  const transaction = database.transaction(STORES, mode, { durability: 'strict' })
  const committed = commitOf(transaction)
  try {
    const value = await work(transaction)
    transaction.commit()
    await committed
    return value
  } catch (error) {
    const over = committed.catch(() => {})
    abort(transaction)
    await over
    throw error
  }
}
