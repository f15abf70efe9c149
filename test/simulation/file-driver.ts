import {
  ask,
  type Begun,
  type QueuedJob,
  type Reads,
  runAsync,
  type SessionDriver,
  type SessionTransaction,
  type Step,
  type TransactionHooks,
  unavailableError
} from '@bursar/ledger/driver'
import type { Draft } from './draft.js'
import type { SessionParts } from './session-parts.js'
import { StoreFailure } from './simulated-database.js'

/** How long a locked file is waited for, and how often it is tried. */
const MAX_LOCKED_MS = 5_000
const TRY_EVERY_MS = 200
/** When what nobody waits for is written, and when it is tried again. */
const SOON_MS = 25
const AGAIN_MS = 250

/** What a transaction comes to, should it hold. */
interface Outcome<Value> {
  readonly value: Value
  readonly begun: Begun
  readonly draft: Draft
}

/** The file as one process has it open: one transaction after the other, each synced where that is asked for. */
export class FileDriver implements SessionDriver {
  readonly writesAtExit = true
  readonly #parts: SessionParts
  readonly #hooks: TransactionHooks
  #last: Promise<unknown> = Promise.resolve()
  #isSoon = false

  constructor(parts: SessionParts, hooks: TransactionHooks) {
    this.#parts = parts
    this.#hooks = hooks
  }

  nowMs(): number {
    return this.#parts.clock.nowMs()
  }

  push<Value>(step: (store: SessionTransaction) => Step<Value>, isDurable = false): QueuedJob<Value> {
    let isGivenUp = false
    const run = async (draft: Draft): Promise<Outcome<Value>> => {
      if (isGivenUp) throw new StoreFailure('Nobody waits for it any more')
      const begun = await runAsync(this.#hooks.begin(draft, 'all'))
      return { begun, value: await runAsync(step(draft)), draft }
    }
    const transaction = (): Promise<Value> => this.#transact(run, isDurable)
    const done = this.#last.then(transaction, transaction)
    this.#last = done.catch(() => {})
    return {
      done,
      abandon: () => {
        isGivenUp = true
      }
    }
  }

  async read<Value>(step: (store: Reads) => Step<Value>): Promise<Value> {
    const { database, client, session } = this.#parts
    return database.read(client, session, (draft) => runAsync(step(draft))).catch(rethrow)
  }

  flush(): boolean {
    return !this.#hooks.isPending('all')
  }

  soon(waitMs = SOON_MS): void {
    if (this.#isSoon) return
    this.#isSoon = true
    void this.#parts.clock.sleep(waitMs).then(() => {
      this.#isSoon = false
      if (this.#hooks.isPending('all')) this.push(nothing).done.catch(() => this.soon(AGAIN_MS))
    })
  }

  async close(): Promise<void> {
    await this.push((store) => ask(store.noteSession('ended'))).done
  }

  async #transact<Value>(run: (draft: Draft) => Promise<Outcome<Value>>, isDurable: boolean): Promise<Value> {
    const { database, client, session, clock } = this.#parts
    for (let leftMs = MAX_LOCKED_MS; ; leftMs -= TRY_EVERY_MS) {
      try {
        const { value, begun, draft } = await database.transact(client, { session, isDurable, run })
        this.#hooks.held(begun, draft.changed)
        return value
      } catch (error) {
        const isLocked = error instanceof StoreFailure && error.isLocked
        if (!isLocked || leftMs <= 0) rethrow(error)
        await clock.sleep(TRY_EVERY_MS)
      }
    }
  }
}

function* nothing(): Step<void> {}

function rethrow(error: unknown): never {
  throw error instanceof StoreFailure ? unavailableError(error.message, error) : error
}
