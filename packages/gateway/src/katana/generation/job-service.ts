import type { Clock, RandomBytes } from '@bursar/core'
import type { FaultEffects } from '../../faults/fault.js'
import { BoundedMap } from '../../server/bounded-map.js'
import { errorResponse, type HttpResponse, jsonResponse } from '../../server/response.js'
import { randomUuid } from '../../server/uuid.js'
import type { Credentials } from '../billing/accounts.js'
import { makeAsset } from './asset.js'
import { envelopeOf } from './envelope.js'
import type { GenerationItem, MediaSpec } from './generation-request.js'
import { ASSET_LIFE_MS, expiryOf, type Job } from './job.js'

const MAX_JOBS = 10_000

/** What {@link GenerationDesk} needs of its surroundings. */
export interface JobContext {
  readonly clock: Clock
  readonly random: RandomBytes
  /** Of the gateway. */
  readonly url: () => string
  readonly generationMs: number
  readonly sleep: (ms: number) => Promise<void>
}

/** What is asked for, and by whom. */
export interface Submission {
  readonly items: readonly GenerationItem[]
  /** Katana's `wait=true`: answers when the job is done instead of at once. */
  readonly holds: boolean
  readonly effects: FaultEffects
  /** The API key that is billed. */
  readonly owner?: string
  /** Gives back what was charged. */
  readonly refund?: () => void
}

/** Takes up generation requests, tells how they stand, and makes their files when they are fetched. */
export class JobService {
  readonly #context: JobContext
  readonly #jobs = new BoundedMap<string, Job>(MAX_JOBS)
  readonly #assets = new BoundedMap<string, { readonly job: Job; readonly spec: MediaSpec }>(MAX_JOBS)

  constructor(context: JobContext) {
    this.#context = context
  }

  /** Begins a job. */
  async submit({ items, holds, effects, owner, refund }: Submission): Promise<HttpResponse> {
    const { clock, random, generationMs, sleep } = this.#context
    const createdAtMs = clock.nowMs()
    const isTaken = items.some((item) => 'spec' in item)
    const job: Job = {
      requestId: randomUuid(random),
      items: items.map((item) => ({ ...item, jobId: randomUuid(random) })),
      createdAtMs,
      completesAtMs: createdAtMs + (isTaken ? generationMs : 0),
      ...(owner === undefined ? {} : { owner }),
      ending: effects.job === 'fails' ? 'fails' : effects.job === 'pending' ? 'never' : 'completes',
      assetLifeMs: effects.assets === 'expired' ? 0 : ASSET_LIFE_MS
    }
    this.#jobs.set(job.requestId, job)
    for (const item of job.items) if ('spec' in item) this.#assets.set(item.jobId, { job, spec: item.spec })
    // A timer may ring a moment before the clock says so.
    const done = isTaken ? sleep(generationMs + 2) : Promise.resolve()
    // Katana 146: what a job cost that failed goes back.
    if (job.ending === 'fails') void done.then(refund)
    if (holds) await done
    return this.#tell(job)
  }

  /** Katana 136 and 137: what x402 paid, whoever knows the id may ask for; what a key paid, that key alone. */
  poll(requestId: string, requester: Credentials): HttpResponse {
    const job = this.#jobs.get(requestId)
    const isTheirs =
      job?.owner === undefined || (typeof requester === 'object' && requester.key === job.owner)
    if (job && isTheirs) return this.#tell(job)
    return job && requester === 'none'
      ? errorResponse(
          401,
          'invalid_credentials',
          'This request is shown to the API key that it was billed to.'
        )
      : errorResponse(404, 'not_found', 'There is no such request.')
  }

  /**
   * Serves a file of a finished item.
   *
   * @param name such as `original.png`.
   */
  async asset(jobId: string, name: string): Promise<HttpResponse> {
    const found = this.#assets.get(jobId)
    const nowMs = this.#context.clock.nowMs()
    if (!found || nowMs < found.job.completesAtMs) {
      return errorResponse(404, 'not_found', 'There is no such asset.')
    }
    // Katana 143 leaves the status open.
    if (nowMs >= expiryOf(found.job)) return errorResponse(410, 'expired', 'The asset has expired.')
    return makeAsset(found.spec, name)
  }

  #tell(job: Job): HttpResponse {
    return jsonResponse(200, envelopeOf(job, this.#context.clock.nowMs(), this.#context.url()))
  }
}
