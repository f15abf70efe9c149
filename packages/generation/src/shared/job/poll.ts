import { BursarError, bursarErrorOf, type Clock, isBursarError, type RandomBytes } from '@bursar/core'
import type { Job } from './job.js'
import type { JobState } from './job-state.js'
import { retryDelayMs } from './pacing.js'

/** A request for the state of a job. */
export interface PollRequest {
  readonly requestId: string
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/** How the state of a job is requested. */
export interface PollOptions {
  readonly clock: Clock
  readonly random: RandomBytes
  /** Requests it once. */
  readonly read: (request: PollRequest) => Promise<JobState>
  readonly signal?: AbortSignal | undefined
  /** Of the whole wait, which the error reports. */
  readonly timeoutMs: number
  readonly deadlineMs: number
  /** Before the first request. */
  readonly delayMs: number
}

/** For one request; a service that hangs is requested again. */
const MAX_REQUEST_MS = 60_000

/** Requests the state of a job until there is an answer, or the deadline. @throws {BursarError} `job/timeout` */
export async function pollUntilAnswered(job: Job, options: PollOptions): Promise<JobState> {
  const { clock, random, read, signal, deadlineMs } = options
  let { delayMs } = options
  for (let failures = 1; ; failures++) {
    await pause(job, { ...options, delayMs })
    const timeoutMs = Math.min(Math.max(1, deadlineMs - clock.nowMs()), MAX_REQUEST_MS)
    try {
      return await read({ requestId: job.requestId, timeoutMs, ...(signal ? { signal } : {}) })
    } catch (error) {
      signal?.throwIfAborted()
      const transient = transientFailure(error)
      if (!transient) throw error
      delayMs = retryDelayMs(failures, transient.retryAfterSeconds, random)
    }
  }
}

async function pause(
  job: Job,
  { clock, signal, deadlineMs, delayMs, timeoutMs }: PollOptions
): Promise<void> {
  signal?.throwIfAborted()
  const leftMs = deadlineMs - clock.nowMs()
  if (delayMs > 0) await clock.sleep(Math.max(0, Math.min(delayMs, leftMs)), signal)
  if (delayMs < leftMs) return
  const { requestId, moneyState = 'settled' } = job
  const { status } = job.state
  throw new BursarError('job/timeout', {
    message:
      `Job ${requestId} is still ${status} after ${timeoutMs} ms. It was accepted and goes on: wait again, ` +
      'or resume it with jobs.resume(requestId).',
    context: { requestId, status, timeoutMs },
    moneyState
  })
}

/** Failures that say nothing about the job: no answer, too many requests, a service in trouble. */
function transientFailure(error: unknown): { readonly retryAfterSeconds?: number } | undefined {
  if (isBursarError(error, 'service/unreachable') || isBursarError(error, 'service/answer-malformed'))
    return {}
  const refusal = bursarErrorOf(error, 'service/refused')
  if (!refusal) return undefined
  const { status = 0, retryAfterSeconds } = refusal.context
  if (status !== 408 && status !== 429 && status < 500) return undefined
  return retryAfterSeconds === undefined ? {} : { retryAfterSeconds }
}
