import type { Purchase } from '@bursar/core'
import { unavailableError } from '../errors.js'
import { ask, runAsync, type Step } from '../steps/step.js'
import type { Reads } from '../steps/transaction.js'
import { type Patience, retry, whilePatient } from './patience.js'
import type { DatabaseFailure, DatabaseTransaction, SessionDatabase } from './session-database.js'
import type { QueuedJob, SessionDriver, SessionTransaction } from './session-driver.js'
import type { Begun, TransactionHooks } from './transaction-hooks.js'
import { UnwrittenTime } from './unwritten-time.js'
import type { WhichPending } from './write-behind-buffer.js'

interface Job {
  /** Runs its step, and returns how to settle it once the transaction is committed. */
  readonly run: (store: SessionTransaction) => Promise<() => void>
  readonly fail: (error: unknown) => void
  /** Nobody waits for it any more, and it is not run again. */
  isGivenUp: boolean
}

interface Batch {
  readonly number: number
  readonly jobs: readonly Job[]
  /** What is written with it that no caller waits for. */
  readonly which: WhichPending
}

/** The result of a transaction, once it is committed. */
interface Outcome {
  readonly begun: Begun
  readonly settles: readonly (() => void)[]
  readonly changed: readonly Purchase[]
}

/** A step failed by itself, and its caller knows: not a failure of the database. */
class StepError extends Error {
  override readonly name = 'StepError'
}

/** How long events that no caller waits for wait for a transaction that a caller needs. */
const PENDING_WAIT_MS = 25
/** The wait before a failed write that no caller waits for is tried again. */
const PENDING_RETRY_MS = 250

/**
 * Runs the transactions of one session on a database, one after the other. Steps that come while one is under way go
 * together into the next. A transaction that the database refused, or whose connection broke, is run again as a whole.
 * Where the answer to a commit did not come, the next try reads in its own transaction whether it was committed, before
 * any caller gets an answer.
 */
export class TransactionQueue implements SessionDriver {
  readonly writesAtExit = false
  readonly #database: SessionDatabase
  readonly #hooks: TransactionHooks
  readonly #patience: Patience
  #jobs: Job[] = []
  #which: WhichPending = 'due'
  #number = 0
  #working: Promise<void> | undefined
  readonly #unwritten = new UnwrittenTime()
  #isSoon = false
  #isClosed = false

  constructor(database: SessionDatabase, hooks: TransactionHooks, patience: Patience) {
    this.#database = database
    this.#hooks = hooks
    this.#patience = patience
  }

  nowMs(): number {
    return this.#database.nowMs()
  }

  push<Value>(step: (store: SessionTransaction) => Step<Value>): QueuedJob<Value> {
    let giveUp = (): void => {}
    const settled = new Promise<Value>((resolve, reject) => {
      const run = async (store: SessionTransaction): Promise<() => void> => {
        const value = await runAsync(step(store))
        return () => resolve(value)
      }
      const job: Job = { run, fail: reject, isGivenUp: false }
      giveUp = () => {
        job.isGivenUp = true
        this.#jobs = this.#jobs.filter((waiting) => waiting !== job)
      }
      if (this.#isClosed) return reject(unavailableError('it was closed'))
      this.#jobs.push(job)
      this.#wake()
    })
    return { done: whilePatient(this.#patience, settled, giveUp), abandon: giveUp }
  }

  read<Value>(step: (store: Reads) => Step<Value>): Promise<Value> {
    if (this.#isClosed) throw unavailableError('it was closed')
    let isWanted = true
    const reading = this.#retry(
      () => this.#database.read((store) => runAsync(step(store))),
      () => isWanted
    )
    return whilePatient(this.#patience, reading, () => {
      isWanted = false
    })
  }

  flush(): boolean {
    return !this.#hooks.isPending('all')
  }

  soon(waitMs = PENDING_WAIT_MS): void {
    if (this.#isSoon || this.#isClosed) return
    this.#isSoon = true
    const keepsAlive = !this.#unwritten.isLong
    void this.#patience.clock.sleep(waitMs, undefined, { keepsAlive }).then(() => {
      this.#isSoon = false
      this.#which = 'all'
      if (!this.#isClosed) this.#wake()
    })
  }

  async close(): Promise<void> {
    const end = (store: SessionTransaction): Step<void> => ask(store.noteSession('ended'))
    let isEnded: boolean
    do {
      this.#which = 'all'
      isEnded = await this.push(end).done.then(
        () => true,
        () => false
      )
      // What has happened meanwhile must be written before the end of the session is.
    } while (isEnded && this.#hooks.isPending('all'))
    this.#isClosed = true
    for (const { fail } of this.#jobs.splice(0)) fail(unavailableError('it was closed'))
    await this.#working
    await this.#database.close()
  }

  #wake(): void {
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined
      if (this.#jobs.length > 0) this.#wake()
    })
  }

  async #work(): Promise<void> {
    // Steps that come in one turn of the event loop share a transaction.
    await undefined
    while (this.#jobs.length > 0 || this.#hooks.isPending(this.#which)) {
      const batch = { number: ++this.#number, jobs: this.#jobs, which: this.#which }
      this.#jobs = []
      this.#which = 'due'
      try {
        await this.#commit(batch)
        this.#unwritten.note(false)
      } catch (error) {
        for (const { fail } of batch.jobs) fail(error)
        this.#unwritten.note(this.#hooks.isPending('all'))
        if (this.#hooks.isPending('all')) this.soon(PENDING_RETRY_MS)
        if (this.#jobs.length === 0) return
      }
    }
  }

  async #commit(batch: Batch): Promise<void> {
    let earlier: Outcome | undefined
    const run = async (store: DatabaseTransaction): Promise<Outcome> => {
      // An earlier try was committed after all: its callers get its result.
      if (earlier && store.written === batch.number) return earlier
      earlier = await this.#run(store, batch)
      return earlier
    }
    const outcome = await this.#retry(
      () => this.#transact(batch, run),
      () => isWanted(batch)
    )
    this.#hooks.held(outcome.begun, outcome.changed)
    for (const settle of outcome.settles) settle()
  }

  /** A step that failed by itself costs the others neither a try nor a wait. */
  async #transact(batch: Batch, run: (store: DatabaseTransaction) => Promise<Outcome>): Promise<Outcome> {
    for (;;) {
      try {
        return await this.#database.transact(batch.number, run)
      } catch (error) {
        if (!(error instanceof StepError && isWanted(batch))) throw error
      }
    }
  }

  async #run(store: DatabaseTransaction, { jobs, which }: Batch): Promise<Outcome> {
    const begun = await runAsync(this.#hooks.begin(store, which))
    const settles: (() => void)[] = []
    for (const job of jobs) if (!job.isGivenUp) settles.push(await this.#attempt(job, store))
    return { begun, settles, changed: store.changed }
  }

  /** A step that throws an error of its own may have written only a part: the others are run again, without it. */
  async #attempt(job: Job, store: SessionTransaction): Promise<() => void> {
    try {
      return await job.run(store)
    } catch (error) {
      const failure = this.#database.failureOf(error)
      if (failure && !failure.isOfStep) throw error
      job.isGivenUp = true
      job.fail(failure ? failure.error : error)
      throw new StepError()
    }
  }

  #retry<Value>(run: () => Promise<Value>, isWanted: () => boolean): Promise<Value> {
    const failureOf = (error: unknown): DatabaseFailure | undefined => this.#database.failureOf(error)
    return retry(this.#patience, { run, failureOf, isWanted })
  }
}

/** Whether anybody still waits for one of its steps. */
function isWanted({ jobs }: Batch): boolean {
  return jobs.some(({ isGivenUp }) => !isGivenUp)
}
