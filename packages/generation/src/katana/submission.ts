import type { MoneyState } from '@bursar/core'
import type { WatchOptions } from '../shared/job/job.js'
import type { Billing, BillingPath } from './billing.js'
import type { CallOptions } from './call-options.js'

/** A job that was accepted. */
export interface Submission {
  readonly service: 'katana'
  /** What `jobs.resume` takes. */
  readonly requestId: string
  readonly billing: BillingPath
  /** Why it was billed so, in words. */
  readonly billedBecause: string
  /** The public name of the first item's model. */
  readonly model: string
  /** Unix milliseconds. */
  readonly submittedAtMs: number
  /** Absent when the answer did not say. */
  readonly moneyState?: MoneyState
  /** The ledger's name for what paid for it, when the fetch knows. */
  readonly purchase?: string
}

/** Keeps the id of a job, so that a crash does not lose it. Awaited before the state of the job is first requested. */
export type OnSubmitted = (submission: Submission) => void | Promise<void>

/** Options of one job. */
export interface GenerateOptions extends CallOptions, WatchOptions {
  /**
   * Keeps the id of the job as well, after the client's `onSubmitted` and the ledger. It is awaited before the state of the
   * job is first requested. Default: nothing is called beside those.
   *
   * @example { onSubmitted: ({ requestId }) => console.log(requestId) }
   */
  readonly onSubmitted?: OnSubmitted | undefined
  /**
   * Whether the submission itself waits for the end, and no state is polled. Use it for jobs of a few seconds: a
   * proxy on the way to Katana may cut longer ones off after they were paid. Default: `false`.
   *
   * @example { wait: true }
   */
  readonly wait?: boolean | undefined
}

/** Options of a job that is resumed. */
export interface ResumeOptions extends WatchOptions {
  /**
   * How the job was billed: only the key's owner may poll a job that was billed to the key. Default: the client's.
   *
   * @example { billing: 'key' }
   */
  readonly billing?: Billing | undefined
}
