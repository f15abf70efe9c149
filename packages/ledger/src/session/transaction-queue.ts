import type { Clock, Purchase } from '@bursar/core'
import { unavailableError } from '../errors.js'
import { ask, runAsync, type Step } from '../steps/step.js'
import type { Reads } from '../steps/transaction.js'
import type { DatabaseTransaction, SessionDatabase } from './session-database.js'
import type { QueuedJob, SessionDriver, SessionTransaction } from './session-driver.js'
import type { Begun, TransactionHooks } from './transaction-hooks.js'

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
  /** Whether everything pending is written with it, and not only what is due. */
  readonly all: boolean
}

/** What a transaction comes to, should it hold. */
interface Outcome {
  readonly begun: Begun
  readonly settles: readonly (() => void)[]
  readonly changed: readonly Purchase[]
}

/** How long events that no caller waits for wait for a transaction that a caller needs. */
const PENDING_WAIT_MS = 25
/** The wait before a failed write that no caller waits for is tried again. */
const PENDING_RETRY_MS = 250
/** How often a transaction is tried, and how long is waited after each time; together some three seconds. */
const MAX_TRIES = 7
const FIRST_WAIT_MS = 25
/** Ends a wait that is over. Without a reason, an abort would make an error with a stack, each time. */
const SETTLED = 'settled'

/** How a queue waits. */
export interface Patience {
  readonly clock: Clock
  /** How long a caller waits at most. */
  readonly timeoutMs: number
}

/**
 * Runs the transactions of one session on a database, one after the other: what comes while one is under way goes together
 * into the next. One that the database refused, or whose connection broke, is run anew as a whole. Where the answer to a
 * commit did not come, the next try reads in its own transaction whether it holds, before anybody is told anything.
 */
export class TransactionQueue implements SessionDriver {
  readonly writesAtExit = false
  readonly #database: SessionDatabase
  readonly #hooks: TransactionHooks
  readonly #clock: Clock
  readonly #timeoutMs: number
  #jobs: Job[] = []
  #isAllDue = false
  #number = 0
  #working: Promise<void> | undefined
  #isSoon = false
  #isClosed = false

  constructor(database: SessionDatabase, hooks: TransactionHooks, { clock, timeoutMs }: Patience) {
    this.#database = database
    this.#hooks = hooks
    this.#clock = clock
    this.#timeoutMs = timeoutMs
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
    return { done: this.#whilePatient(settled, giveUp), abandon: giveUp }
  }

  read<Value>(step: (store: Reads) => Step<Value>): Promise<Value> {
    if (this.#isClosed) throw unavailableError('it was closed')
    let isWanted = true
    const reading = this.#retry(
      () => this.#database.read((store) => runAsync(step(store))),
      () => isWanted
    )
    return this.#whilePatient(reading, () => {
      isWanted = false
    })
  }

  flush(): boolean {
    return !this.#hooks.isPending(true)
  }

  soon(waitMs = PENDING_WAIT_MS): void {
    if (this.#isSoon || this.#isClosed) return
    this.#isSoon = true
    void this.#clock.sleep(waitMs).then(() => {
      this.#isSoon = false
      this.#isAllDue = true
      if (!this.#isClosed) this.#wake()
    })
  }

  async close(): Promise<void> {
    const end = (store: SessionTransaction): Step<void> => ask(store.noteSession(true))
    let isEnded: boolean
    do {
      this.#isAllDue = true
      isEnded = await this.push(end).done.then(
        () => true,
        () => false
      )
      // What has happened meanwhile must be written before the session says that it goes.
    } while (isEnded && this.#hooks.isPending(true))
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
    // What comes in one turn goes together.
    await undefined
    while (this.#jobs.length > 0 || this.#hooks.isPending(this.#isAllDue)) {
      const batch = { number: ++this.#number, jobs: this.#jobs, all: this.#isAllDue }
      this.#jobs = []
      this.#isAllDue = false
      try {
        await this.#commit(batch)
      } catch (error) {
        for (const { fail } of batch.jobs) fail(error)
        if (this.#hooks.isPending(true)) this.soon(PENDING_RETRY_MS)
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
      () => this.#database.transact(batch.number, run),
      () => batch.jobs.some(({ isGivenUp }) => !isGivenUp)
    )
    this.#hooks.held(outcome.begun, outcome.changed)
    for (const settle of outcome.settles) settle()
  }

  async #run(store: DatabaseTransaction, { jobs, all }: Batch): Promise<Outcome> {
    const begun = await runAsync(this.#hooks.begin(store, all))
    const settles: (() => void)[] = []
    for (const job of jobs) if (!job.isGivenUp) settles.push(await this.#attempt(job, store))
    return { begun, settles, changed: store.changed }
  }

  /** A step with a fault of its own may have written half of what it meant to: the others begin anew, without it. */
  async #attempt(job: Job, store: SessionTransaction): Promise<() => void> {
    try {
      return await job.run(store)
    } catch (error) {
      if (!this.#database.failureOf(error)) {
        job.isGivenUp = true
        job.fail(error)
      }
      throw error
    }
  }

  /** Tries again what may go well in a moment, as long as somebody waits for it. @throws what the callers are to be told. */
  async #retry<Value>(run: () => Promise<Value>, isWanted: () => boolean): Promise<Value> {
    for (let tries = 1; ; tries++) {
      try {
        return await run()
      } catch (thrown) {
        const failure = this.#database.failureOf(thrown)
        if (failure?.isPassing === false || tries === MAX_TRIES || !isWanted()) throw failure?.error ?? thrown
        await this.#clock.sleep(FIRST_WAIT_MS * 2 ** (tries - 1))
      }
    }
  }

  #whilePatient<Value>(work: Promise<Value>, giveUp: () => void): Promise<Value> {
    const settled = new AbortController()
    const impatient = this.#clock.sleep(this.#timeoutMs, settled.signal, { keepsAlive: false }).then(() => {
      giveUp()
      throw unavailableError('its database does not answer')
    })
    return Promise.race([work, impatient]).finally(() => settled.abort(SETTLED))
  }
}
