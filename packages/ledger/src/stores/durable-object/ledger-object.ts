import { replayStep, undoStep } from '../../steps/replay-step.js'
import { runNow } from '../../steps/step.js'
import { stepOf } from '../../steps/steps.js'
import { migrationSteps, SCHEMA_VERSION } from '../sqlite/schema.js'
import { Sessions } from '../sqlite/sessions.js'
import { SqliteTransaction } from '../sqlite/sqlite-transaction.js'
import { decode, encode } from '../wire.js'
import type { CarePath } from './care/care-messages.js'
import { objectCare } from './care/object-care.js'
import { GivenUpMessages } from './given-up-messages.js'
import type { LedgerAnswer, LedgerRequest } from './messages.js'
import { objectFile } from './object-file.js'
import type { ObjectSql, ObjectState, ObjectStorage } from './object-state.js'

/** Sessions are of Workers: no process is known, and times are the object's own. */
const processes = {
  own: () => ({ machine: '', pid: 0, started: '' }),
  isGone: () => false,
  sharesClock: () => true
}

/**
 * The ledger as a Durable Object, in its own SQLite. There is one object of a name in the world, and it does one thing after
 * the other: so budgets are exact for all Workers. The platform lets no answer out before what was written is durable.
 *
 * @example
 * ```ts
 * export { LedgerObject } from 'bursar/durable-object'
 * ```
 */
export class LedgerObject {
  readonly #storage: ObjectStorage

  constructor({ storage }: ObjectState) {
    this.#storage = storage
    storage.transactionSync(() => migrate(storage.sql))
  }

  /** Answers `durableObjectLedger`, and nobody else: an object has no address on the network. */
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (Object.hasOwn(objectCare, pathname)) return objectCare[pathname as CarePath](this.#storage, request)
    const asked = decode(await request.text()) as LedgerRequest
    return new Response(encode(this.#storage.transactionSync(() => answer(this.#storage.sql, asked))))
  }
}

/** In one transaction: what has happened in the session and is not written yet, its heartbeat, and the step. */
function answer(sql: ObjectSql, { session, nowMs = Date.now(), step, writes }: LedgerRequest): LedgerAnswer {
  const file = objectFile(sql)
  const store = new SqliteTransaction(file, new Sessions(file, { id: session, processes }))
  store.begin(nowMs)
  if (writes) {
    const messages = new GivenUpMessages(file, session)
    messages.assertWanted(writes.number)
    messages.note(writes.givenUp, nowMs)
    for (const change of writes.changes) runNow(replayStep(store, change))
    for (const undone of writes.undone) runNow(undoStep(store, undone))
    store.noteSession(writes.note)
  }
  const value = runNow(stepOf(step)(store))
  store.flush()
  return { nowMs, value, changed: store.takeChanged() }
}

/** An object has no `user_version`. */
function migrate(sql: ObjectSql): void {
  sql.exec('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL) STRICT')
  const [row] = sql.exec('SELECT version FROM schema_version').toArray()
  const version = Number(row?.version ?? 0)
  if (version > SCHEMA_VERSION) throw new TypeError('The ledger was written by a later version of Bursar')
  if (version === SCHEMA_VERSION) return
  for (const statements of migrationSteps(version)) sql.exec(statements)
  sql.exec('DELETE FROM schema_version')
  sql.exec('INSERT INTO schema_version VALUES (?)', SCHEMA_VERSION)
}
