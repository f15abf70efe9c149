import type { MoneyState } from '@bursar/core'
import type { SavedAsset, SaveOptions } from '../asset/save-options.js'
import type { JobResult, JobState } from './job-state.js'

/**
 * A job that a service has accepted: an async iterator of its states, and a promise of its result.
 *
 * @example
 * ```ts
 * for await (const { status } of job) console.log(status)
 * const { assets } = await job.result()
 * ```
 */
export interface Job extends AsyncIterable<JobState> {
  /** The service's id, by which another process can resume the job. */
  readonly requestId: string
  /** As last reported. */
  readonly state: JobState
  /** Where the money of the submission is: `settled` when a receipt came with it. Absent for a job that was resumed. */
  readonly moneyState?: MoneyState
  /**
   * Waits for the end. Items that failed beside others are listed in `failures`.
   *
   * @throws {BursarError} `job/failed` and `job/rejected` when no item made anything; `job/timeout`, after which it can
   * be called again; `service/refused` when the service does not know the job.
   */
  result(): Promise<JobResult>
  /**
   * Waits for the end and downloads what was made into a folder. Node, Deno and Bun only.
   *
   * @throws {BursarError} as `result`, and `asset/*`
   * @example
   * ```ts
   * for (const { path, sha256 } of await job.save('out/')) console.log(path, sha256)
   * ```
   */
  save(folder: string | URL, options?: SaveOptions): Promise<readonly SavedAsset[]>
}

/** How a job is waited for. */
export interface WatchOptions {
  /**
   * How long to wait, in milliseconds. The job goes on after that, and can be waited for again. Default: 600_000 for
   * images, 6_000_000 for videos.
   *
   * @example { timeoutMs: 120_000 }
   */
  readonly timeoutMs?: number | undefined
  /**
   * Called with every state that is reported, the last one included. What it throws, or rejects with, becomes a warning.
   * Default: nothing is called.
   *
   * @example { onUpdate: ({ status }) => console.log(status) }
   */
  readonly onUpdate?: ((state: JobState) => void) | undefined
  /**
   * Stops the waiting, not the job. Default: the wait ends after `timeoutMs`.
   *
   * @example { signal: AbortSignal.timeout(60_000) }
   */
  readonly signal?: AbortSignal | undefined
}
