import { type Clock, isBursarError, type MoneyState, notify, type RandomBytes } from '@bursar/core'
import type { SaveResult } from '../asset/create-saver.js'
import type { SavedAsset, SaveOptions } from '../asset/save-options.js'
import type { Job, WatchOptions } from './job.js'
import { resultOf } from './job-result.js'
import type { JobResult, JobState } from './job-state.js'
import { pollDelayMs } from './pacing.js'
import { type PollRequest, pollUntilAnswered } from './poll.js'

/** What a job is polled with. */
export interface PollingContext extends WatchOptions {
  readonly timeoutMs: number
  readonly clock: Clock
  readonly random: RandomBytes
  /** Requests the state of a job, once. */
  readonly read: (request: PollRequest) => Promise<JobState>
  readonly save: SaveResult
  readonly moneyState?: MoneyState
}

/** Polls a job whose submission was answered with a state. */
export function pollJob(submitted: JobState, context: PollingContext): Job {
  return new PolledJob(submitted, context, true)
}

/** Polls a job of which nothing is known but the id: its state is requested at once. */
export function resumeJob(requestId: string, context: PollingContext): Job {
  const unreported: JobState = { requestId, status: 'unknown', isDone: false, items: [] }
  return new PolledJob(unreported, context, false)
}

/** All iterators and results of one job share its requests: its state is never requested twice at once. */
class PolledJob implements Job {
  readonly requestId: string
  readonly moneyState?: MoneyState
  readonly #context: PollingContext
  #latest: JobState
  /** Whether the service has reported a state. */
  #isReported = false
  #polling: Promise<void> | undefined

  constructor(first: JobState, context: PollingContext, isReported: boolean) {
    this.requestId = first.requestId
    this.#context = context
    this.#latest = first
    if (context.moneyState !== undefined) this.moneyState = context.moneyState
    if (isReported) this.#report(first)
  }

  get state(): JobState {
    return this.#latest
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<JobState, void, undefined> {
    const { clock, timeoutMs } = this.#context
    const deadlineMs = clock.nowMs() + timeoutMs
    if (this.#isReported) yield this.#latest
    while (!this.#latest.isDone) {
      try {
        await this.#poll(deadlineMs)
      } catch (error) {
        // The shared request may belong to a waiter with an earlier deadline.
        if (isBursarError(error, 'job/timeout') && clock.nowMs() < deadlineMs) continue
        throw error
      }
      yield this.#latest
    }
  }

  async result(): Promise<JobResult> {
    for await (const state of this) if (state.isDone) break
    return resultOf(this.#latest, this.moneyState)
  }

  async save(folder: string | URL, options: SaveOptions = {}): Promise<readonly SavedAsset[]> {
    return this.#context.save(await this.result(), folder, options)
  }

  #poll(deadlineMs: number): Promise<void> {
    this.#polling ??= this.#read(deadlineMs)
      .then((state) => this.#report(state))
      .finally(() => {
        this.#polling = undefined
      })
    return this.#polling
  }

  #read(deadlineMs: number): Promise<JobState> {
    const { clock, random, timeoutMs } = this.#context
    const waitedMs = clock.nowMs() - (deadlineMs - timeoutMs)
    const { pollAfterSeconds } = this.#latest
    const delayMs = this.#isReported ? pollDelayMs(pollAfterSeconds, waitedMs, random) : 0
    return pollUntilAnswered(this, { ...this.#context, deadlineMs, delayMs })
  }

  #report(state: JobState): void {
    this.#latest = state
    this.#isReported = true
    void notify(this.#context.onUpdate, state, 'onUpdate')
  }
}
