import { BoundedMap } from '@bursar/core/bounded-map'
import type { FaultEffects } from '../../faults/fault.js'
import type { GatewayRuntime } from '../../runtime.js'
import { errorResponse, type HttpResponse, jsonResponse } from '../../server/response.js'
import type { Credentials } from '../billing/accounts.js'
import { makeAsset } from './asset.js'
import { envelopeOf } from './envelope.js'
import type { GenerationItem, MediaSpec } from './generation-request.js'
import { ASSET_LIFE_MS, expiryOf, type Job } from './job.js'

const MAX_JOBS = 10_000

/** A generation request to be done. */
export interface Submission {
  readonly items: readonly GenerationItem[]
  /** Katana's `wait=true`: answers when the job is done instead of at once. */
  readonly waits: boolean
  readonly effects: FaultEffects
  /** The API key that is billed. */
  readonly owner?: string
  /** Refunds what was charged. */
  readonly refund?: () => void
}

/** Starts jobs, reports their status, and makes their files when they are fetched. */
export class JobService {
  readonly #runtime: GatewayRuntime
  readonly #generationMs: number
  readonly #jobs = new BoundedMap<string, Job>(MAX_JOBS)
  readonly #assets = new BoundedMap<string, { readonly job: Job; readonly spec: MediaSpec }>(MAX_JOBS)

  /** @param generationMs milliseconds from a job's submission to its completion. */
  constructor(runtime: GatewayRuntime, generationMs: number) {
    this.#runtime = runtime
    this.#generationMs = generationMs
  }

  /** Starts a job. */
  async submit(submission: Submission): Promise<HttpResponse> {
    const job = this.#createJob(submission)
    this.#jobs.set(job.requestId, job)
    for (const item of job.items) if ('spec' in item) this.#assets.set(item.jobId, { job, spec: item.spec })
    const runsMs = job.completesAtMs - job.createdAtMs
    // Two milliseconds more, because a timer may fire slightly before the clock has reached the time.
    const done = runsMs > 0 ? this.#runtime.sleep(runsMs + 2) : Promise.resolve()
    // The cost of a failed job is refunded (Katana 146).
    if (job.ending === 'fails') void done.then(submission.refund)
    if (submission.waits) await done
    return this.#describe(job)
  }

  /**
   * Reports the status of a job. A job that x402 paid is shown to anyone who knows its id, a job that an API key paid is
   * shown to that key only (Katana 136 and 137).
   */
  poll(requestId: string, requester: Credentials): HttpResponse {
    const job = this.#jobs.get(requestId)
    const isTheirs =
      job?.owner === undefined || (typeof requester === 'object' && requester.key === job.owner)
    if (job && isTheirs) return this.#describe(job)
    return job && requester === 'none'
      ? errorResponse(401, 'invalid_credentials', 'This job is shown to the API key that paid it.')
      : errorResponse(404, 'not_found', 'There is no such job.')
  }

  /** Serves a file of a finished item, such as `original.png`. */
  async asset(jobId: string, name: string): Promise<HttpResponse> {
    const found = this.#assets.get(jobId)
    const nowMs = this.#runtime.nowMs()
    if (!found || nowMs < found.job.completesAtMs)
      return errorResponse(404, 'not_found', 'There is no such asset.')
    // Katana does not document this status (Katana 143).
    if (nowMs >= expiryOf(found.job)) return errorResponse(410, 'expired', 'The asset has expired.')
    return makeAsset(found.spec, name)
  }

  #createJob({ items, effects, owner }: Submission): Job {
    const { newId } = this.#runtime
    const createdAtMs = this.#runtime.nowMs()
    const begins = items.some((item) => 'spec' in item)
    return {
      requestId: newId(),
      items: items.map((item) => ({ ...item, jobId: newId() })),
      createdAtMs,
      completesAtMs: createdAtMs + (begins ? this.#generationMs : 0),
      owner,
      ending: effects.job === 'fails' ? 'fails' : effects.job === 'pending' ? 'never' : 'completes',
      assetLifeMs: effects.assets === 'expired' ? 0 : ASSET_LIFE_MS
    }
  }

  #describe(job: Job): HttpResponse {
    return jsonResponse(200, envelopeOf(job, this.#runtime.nowMs(), this.#runtime.url()))
  }
}
