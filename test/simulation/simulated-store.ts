import type { HistoryQuery, Job, Purchase, PurchaseEvent } from '@bursar/core'
import {
  conflictError,
  HEARTBEAT_MS,
  matches,
  mayBeLate,
  mustBeWritten,
  type Page,
  type ReadOptions,
  type Reads,
  recordStep,
  replayStep,
  resolveOrphans,
  runAsync,
  type Step,
  type Store,
  type Transaction,
  unavailableError,
  undoStep,
  WriteBehindBuffer,
  type WriteOptions
} from '@bursar/ledger/driver'
import type { Draft } from './draft.js'
import type { Scheduler } from './scheduler.js'
import { type Client, type SimulatedDatabase, StoreFailure } from './simulated-database.js'
import { whileWanted } from './while-wanted.js'

/** What a session is opened with. */
export interface SessionParts {
  readonly database: SimulatedDatabase
  readonly client: Client
  readonly scheduler: Scheduler
  /** Names the session. */
  readonly session: string
}

/** When what nobody waits for is written, and tried again. */
const SOON_MS = 20

/** What one process does on the store, for all its ledgers: transactions one after the other, and one session. */
export class SimulatedStore implements Store {
  readonly who: string
  readonly #parts: SessionParts
  readonly #buffer = new WriteBehindBuffer()
  #last: Promise<unknown> = Promise.resolve()
  #beatAtMs = Number.NEGATIVE_INFINITY
  #isFlushing = false

  constructor(parts: SessionParts) {
    this.#parts = parts
    this.who = parts.client.name
    parts.database.register(parts.session, parts.client)
    this.write((tx) => resolveOrphans(tx)).catch(() => {})
  }

  write<Value>(
    step: (store: Transaction) => Step<Value>,
    { isDurable = false, signal }: WriteOptions = {}
  ): Promise<Value> {
    return whileWanted(
      signal,
      this.#transact(isDurable, (draft) => runAsync(step(draft)))
    )
  }

  async read<Value>(step: (store: Reads) => Step<Value>, options: ReadOptions = {}): Promise<Value> {
    if (this.#buffer.isBehind(options.mayMiss)) return this.write(step, options)
    const { database, client, session } = this.#parts
    const reading = database.read(client, session, (draft) => runAsync(step(draft)))
    return whileWanted(options.signal, reading).catch(rethrow)
  }

  async record(id: string, event: PurchaseEvent, options: WriteOptions = {}): Promise<Purchase> {
    const pending = { event, atMs: this.#nowMs }
    const after = mustBeWritten.has(event.type) ? undefined : this.#buffer.take(id, pending)
    this.#later(SOON_MS)
    if (after && mayBeLate.has(event.type)) return after
    this.#buffer.urge(id)
    if (after) {
      await whileWanted(
        options.signal,
        this.#transact(false, async () => {})
      )
      return after
    }
    const isDurable = mustBeWritten.has(event.type)
    const recorded = await this.write((tx) => recordStep(tx, id, event), { ...options, isDurable })
    if ('purchase' in recorded) return recorded.purchase
    throw conflictError(id, recorded.conflict, event.type)
  }

  /** Ends a purchase, should it be there, once what was begun before has come to its end. */
  undo(id: string): void {
    const undo = (): void => this.#buffer.undo(id)
    this.#last = this.#last.then(undo, undo)
    this.#later(0)
  }

  async purchases(query: HistoryQuery): Promise<Page<Purchase>> {
    const { rows } = this.#parts.database.contents
    const all = [...rows.values()].map(({ purchase }) => purchase)
    return { items: all.reverse().filter((purchase) => matches(purchase, query)) }
  }

  async jobs(): Promise<Page<Job>> {
    return { items: [] }
  }

  unwritten(): number {
    return this.#buffer.size
  }

  async close(): Promise<void> {
    await this.#transact(true, async (draft) => draft.noteSession(true))
  }

  /** One transaction: first what has happened and is not written yet, and, when it is time, the heartbeat. */
  #transact<Value>(isDurable: boolean, work: (draft: Draft) => Promise<Value>): Promise<Value> {
    const { database, client, session } = this.#parts
    const transaction = async (): Promise<Value> => {
      const [batch, isDue] = [this.#buffer.pending(true), this.#isHeartbeatDue()]
      const run = async (draft: Draft): Promise<Value> => {
        for (const change of batch.changes) await runAsync(replayStep(draft, change))
        for (const id of batch.undone) await runAsync(undoStep(draft, id))
        if (isDue) draft.noteSession(false)
        const value = await work(draft)
        changed = [...draft.changes.rows.values()].map(({ purchase }) => purchase)
        return value
      }
      let changed: readonly Purchase[] = []
      const value = await database.transact(client, { session, isDurable, run })
      this.#buffer.written(batch)
      for (const purchase of changed) this.#buffer.know(purchase)
      if (isDue) this.#beatAtMs = this.#nowMs
      this.#later(HEARTBEAT_MS)
      return value
    }
    const result = this.#last.then(transaction, transaction)
    this.#last = result.catch(() => {})
    return result.catch(rethrow)
  }

  #isHeartbeatDue(): boolean {
    const sinceMs = this.#nowMs - this.#beatAtMs
    return sinceMs >= HEARTBEAT_MS || sinceMs < 0
  }

  /** A session that has nothing open, and nothing to write, need not be seen. */
  #later(ms: number): void {
    if (this.#isFlushing) return
    this.#isFlushing = true
    const { scheduler, client } = this.#parts
    scheduler.after({ ms, owner: client, what: 'writes what is pending' }, () => {
      this.#isFlushing = false
      if (!this.#buffer.hasOpen && this.#buffer.size === 0) return
      this.#transact(false, async () => {}).catch(() => this.#later(HEARTBEAT_MS))
    })
  }

  get #nowMs(): number {
    return this.#parts.client.nowMs()
  }
}

function rethrow(error: unknown): never {
  if (!(error instanceof StoreFailure)) throw error
  throw unavailableError(error.message, error, error.isUnclear ? 'unknown' : 'none')
}
