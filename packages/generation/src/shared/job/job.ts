import {
  BursarError,
  bursarErrorOf,
  type Clock,
  isBursarError,
  type MoneyState,
  type RandomBytes
} from '@bursar/core'
import type { SavedAsset, SaveOptions } from '../asset/save-options.js'
import type { JobResult, JobState } from './job-state.js'
import { pollDelayMs, retryDelayMs } from './pacing.js'

/** A job that a service has taken: an async iterator of its states, and a promise of its result. */
export interface Job extends AsyncIterable<JobState> {
  readonly requestId: string
  /** As last heard. */
  readonly state: JobState
  /** What the submission cost: `settled` when a receipt came with it. Absent for a job that was resumed. */
  readonly moneyState?: MoneyState
  /**
   * Waits for the end. Items that failed beside others are told in `failures`.
   *
   * @throws {BursarError} `job/failed` and `job/rejected` when no item made anything; `job/timeout`, after which it can
   * be called again; `service/refused` when the service does not know the job.
   */
  result(): Promise<JobResult>
  /**
   * Waits for the end and downloads what was made into a folder. Node, Deno and Bun only.
   *
   * @throws {BursarError} as `result`, and `asset/*`
   */
  save(folder: string | URL, options?: SaveOptions): Promise<readonly SavedAsset[]>
}

/** How a job is waited for. */
export interface WatchOptions {
  /** How long. The job goes on and can be waited for again. Default: 600_000 for images, 6_000_000 for videos. */
  readonly timeoutMs?: number
  /** Told of every state as it is heard, the last one included. What it throws is thrown to the process. */
  readonly onUpdate?: (state: JobState) => void
  /** Stops the waiting, not the job. */
  readonly signal?: AbortSignal
}

/** One question about a job. */
export interface Question {
  readonly requestId: string
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/** What a job is watched with. */
export interface JobContext extends WatchOptions {
  readonly timeoutMs: number
  readonly clock: Clock
  readonly random: RandomBytes
  /** Asks the service once. */
  readonly read: (question: Question) => Promise<JobState>
  readonly save: (
    result: JobResult,
    folder: string | URL,
    options: SaveOptions
  ) => Promise<readonly SavedAsset[]>
  readonly moneyState?: MoneyState
  /** Whether nothing is known yet but the id: it is asked about at once. */
  readonly isUnheard?: boolean
}

/** Watches a job from the state that its submission told. */
export function watchJob(first: JobState, context: JobContext): Job {
  return new WatchedJob(first, context)
}

/** For one question; a service that hangs is asked again. */
const MAX_QUESTION_MS = 60_000

/** All iterators and results of one job share its questions: it is never asked about twice at once. */
class WatchedJob implements Job {
  readonly requestId: string
  readonly moneyState?: MoneyState
  readonly #context: JobContext
  #latest: JobState
  #isHeard: boolean
  #asking: Promise<void> | undefined

  constructor(first: JobState, context: JobContext) {
    this.requestId = first.requestId
    this.#context = context
    this.#latest = first
    this.#isHeard = false
    if (context.moneyState !== undefined) this.moneyState = context.moneyState
    if (!context.isUnheard) this.#hear(first)
  }

  get state(): JobState {
    return this.#latest
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<JobState, void, undefined> {
    const { clock, timeoutMs } = this.#context
    const deadlineMs = clock.nowMs() + timeoutMs
    if (this.#isHeard) yield this.#latest
    while (!this.#latest.isDone) {
      try {
        await this.#next(deadlineMs)
      } catch (error) {
        // The question may have been asked for somebody who waits less long.
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

  #next(deadlineMs: number): Promise<void> {
    this.#asking ??= this.#ask(deadlineMs)
      .then((state) => this.#hear(state))
      .finally(() => {
        this.#asking = undefined
      })
    return this.#asking
  }

  #hear(state: JobState): void {
    this.#latest = state
    this.#isHeard = true
    try {
      this.#context.onUpdate?.(state)
    } catch (error) {
      // A listener's mistake must not lose a job that was paid for.
      queueMicrotask(() => {
        throw error
      })
    }
  }

  /** Asks until there is an answer. What fails in passing is asked again until the deadline. */
  async #ask(deadlineMs: number): Promise<JobState> {
    const { clock, random, read, signal, timeoutMs } = this.#context
    const { requestId } = this
    const waitedMs = clock.nowMs() - (deadlineMs - timeoutMs)
    let delayMs = this.#isHeard ? pollDelayMs(this.#latest.pollAfterSeconds, waitedMs, random) : 0
    for (let failures = 1; ; failures++) {
      await this.#pause(delayMs, deadlineMs)
      const leftMs = Math.max(1, deadlineMs - clock.nowMs())
      try {
        return await read({
          requestId,
          timeoutMs: Math.min(leftMs, MAX_QUESTION_MS),
          ...(signal ? { signal } : {})
        })
      } catch (error) {
        signal?.throwIfAborted()
        const again = passing(error)
        if (!again) throw error
        delayMs = retryDelayMs(failures, again.retryAfterSeconds, random)
      }
    }
  }

  async #pause(delayMs: number, deadlineMs: number): Promise<void> {
    const { clock, signal, timeoutMs } = this.#context
    signal?.throwIfAborted()
    const leftMs = deadlineMs - clock.nowMs()
    if (delayMs > 0) await clock.sleep(Math.max(0, Math.min(delayMs, leftMs)), signal)
    if (delayMs < leftMs) return
    const { requestId, moneyState = 'settled' } = this
    const { status } = this.#latest
    throw new BursarError('job/timeout', {
      message:
        `Job ${requestId} is still ${status} after ${timeoutMs} ms. It was accepted and goes on: wait again, ` +
        'or take it up with jobs.resume(requestId).',
      context: { requestId, status, timeoutMs },
      moneyState
    })
  }
}

/** Failures that say nothing about the job: no answer, too many questions, a service in trouble. */
function passing(error: unknown): { readonly retryAfterSeconds?: number } | undefined {
  if (isBursarError(error, 'service/unreachable') || isBursarError(error, 'service/answer-malformed'))
    return {}
  const refusal = bursarErrorOf(error, 'service/refused')
  if (!refusal) return undefined
  const { status = 0, retryAfterSeconds } = refusal.context
  if (status !== 408 && status !== 429 && status < 500) return undefined
  return retryAfterSeconds === undefined ? {} : { retryAfterSeconds }
}

/** @throws {BursarError} `job/failed`, `job/rejected` */
function resultOf(state: JobState, moneyState: MoneyState | undefined): JobResult {
  const assets = state.items.flatMap((item) => item.assets)
  const failures = state.items.flatMap(({ failure }) => failure ?? [])
  if (assets.length > 0 || (state.status !== 'failed' && state.status !== 'rejected')) {
    return { ...state, assets, failures }
  }
  const { requestId } = state
  const isRejected = state.status === 'rejected'
  const why = failures.map(({ reason, serviceCode }) => reason ?? serviceCode ?? 'no reason given').join('; ')
  const what = isRejected ? 'was rejected and never begun' : 'failed; what it cost is refunded by the service'
  throw new BursarError(isRejected ? 'job/rejected' : 'job/failed', {
    message: `Job ${requestId} ${what}: ${why.slice(0, 400) || 'no reason given'}.`,
    context: { requestId, items: failures },
    moneyState: moneyState ?? (isRejected ? 'none' : 'settled')
  })
}
