import { abortable, type Clock, isBursarError, type Purchase, type PurchaseEvent } from '@bursar/core'
import { unrecordedError } from '../errors.js'
import { HEARTBEAT_MS } from '../rules/liveness.js'
import type { PendingEvent, Undone } from '../steps/replay-step.js'
import type { Step } from '../steps/step.js'
import { steps } from '../steps/steps.js'
import type { ReadOptions, WriteOptions } from '../steps/store.js'
import type { Reads, Transaction } from '../steps/transaction.js'
import type { SessionDriver, SessionTransaction } from './session-driver.js'
import type { Shareable } from './shared-sessions.js'
import { TransactionHooks } from './transaction-hooks.js'
import { mayBeLate, mustBeWritten, WriteBehindBuffer } from './write-behind-buffer.js'

/**
 * The session of one process on one file or database, for all its ledgers there. It knows which calls are open in it, writes
 * what happens to them, some of it later, and writes its heartbeat.
 */
export class LedgerSession implements Shareable {
  readonly #clock: Clock
  readonly #driver: SessionDriver
  readonly #buffer = new WriteBehindBuffer()
  readonly #closing = new AbortController()

  /**
   * @param clock times the heartbeat.
   * @param open makes the driver, whose every transaction begins with the hooks. What it throws is thrown on.
   */
  constructor(clock: Clock, open: (hooks: TransactionHooks) => SessionDriver) {
    this.#clock = clock
    this.#driver = open(new TransactionHooks(this.#buffer))
    // If this fails, the first payment fails for the same reason, and its caller gets the error.
    this.#push(steps.begin()).catch(() => {})
    void this.#writeHeartbeats()
  }

  write<Value>(
    step: (store: Transaction) => Step<Value>,
    { isDurable, signal }: WriteOptions = {}
  ): Promise<Value> {
    return this.#push(step, { isDurable, signal })
  }

  async read<Value>(
    step: (store: Reads) => Step<Value>,
    { signal, mayMiss }: ReadOptions = {}
  ): Promise<Value> {
    signal?.throwIfAborted()
    if (this.#buffer.isBehind(mayMiss) && !this.#driver.flush()) {
      // What is pending is waited for.
      this.#buffer.urgeAll()
      return this.#push(step, { signal })
    }
    const answer = this.#driver.read(step)
    return answer instanceof Promise ? abortable(answer, signal) : answer
  }

  /**
   * Records an event, now or later: one that ends a call, or that follows the money, is tried until it is written.
   *
   * @throws {BursarError} `ledger/conflict`, `ledger/unavailable`
   */
  async record(id: string, event: PurchaseEvent, options: WriteOptions = {}): Promise<Purchase> {
    const pending = { event, atMs: this.#driver.nowMs() }
    try {
      if (mustBeWritten.has(event.type)) return await this.#recordNow(id, event, options)
      const after = this.#buffer.take(id, pending)
      if (!after) return await this.#recordForeign(id, pending, options)
      if (this.#isLate(event)) return after
      this.#buffer.urge(id)
      await this.#push(steps.nothing(), { signal: options.signal })
      return after
    } finally {
      if (this.#buffer.size > 0) this.#driver.soon()
    }
  }

  /** Ends a purchase, if it is there: its caller got an error instead of it, or gave up. */
  undo(undone: Undone): void {
    this.#buffer.undo(undone)
    this.#driver.soon(0)
  }

  nowMs(): number {
    return this.#driver.nowMs()
  }

  /** Events that are not written yet. */
  get unwritten(): number {
    return this.#buffer.size
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#driver.close()
  }

  /** That a call was answered is written late only where it is still written when the process ends. */
  #isLate({ type }: PurchaseEvent): boolean {
    return mayBeLate.has(type) && (this.#driver.writesAtExit || type !== 'answered')
  }

  async #recordNow(id: string, event: PurchaseEvent, { signal, isDurable }: WriteOptions): Promise<Purchase> {
    this.#buffer.urge(id)
    const options = { signal, isDurable: isDurable === true && mustBeWritten.has(event.type) }
    const recorded = await this.#push(steps.record(id, event), options)
    if ('purchase' in recorded) return recorded.purchase
    throw unrecordedError(id, event.type, recorded)
  }

  /** Records an event of a purchase that is not open in this session: its state is known only once it is read. */
  async #recordForeign(id: string, pending: PendingEvent, options: WriteOptions): Promise<Purchase> {
    try {
      return await this.#recordNow(id, pending.event, options)
    } catch (error) {
      if (!isBursarError(error, 'ledger/conflict')) this.#buffer.keep(id, pending)
      throw error
    }
  }

  /** A session that has nothing open, and nothing to write, needs no heartbeat. */
  async #writeHeartbeats(): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      const hasSlept = await this.#clock.sleep(HEARTBEAT_MS, signal, { keepsAlive: false }).then(
        () => true,
        () => false
      )
      // It was closed, or may set no timer here.
      if (!hasSlept) return
      if (this.#buffer.hasOpen || this.#buffer.size > 0) this.#push(steps.nothing()).catch(() => {})
    }
  }

  #push<Value>(
    step: (store: SessionTransaction) => Step<Value>,
    { isDurable, signal }: WriteOptions = {}
  ): Promise<Value> {
    const job = this.#driver.push(step, isDurable)
    return abortable(job.done, signal, { onAbort: job.abandon })
  }
}
