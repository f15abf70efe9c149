import { BursarError, type Clock, type MoneyState, type RandomBytes } from '@bursar/core'
import { type Job, type JobContext, type Question, type WatchOptions, watchJob } from '../shared/job/job.js'
import type { JobState } from '../shared/job/job-state.js'
import type { FetchLike, Operation } from '../shared/service/operation.js'
import type { Billing, BillingPath } from './billing.js'
import type { CallOptions } from './call-options.js'
import type { Catalogue } from './catalogue/model.js'
import type { GenerationItem } from './item.js'
import { type ResolvedItem, resolveItem } from './resolved-item.js'
import { checkItems } from './rules/check-item.js'
import type { Session } from './session.js'
import { isRequestId, readEnvelope } from './wire/envelope.js'
import { imageItemToWire } from './wire/image-item.js'
import { videoItemToWire } from './wire/video-item.js'

/** A job that was taken, as it is told before it is first asked about. */
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
  /** Absent when the answer did not tell. */
  readonly moneyState?: MoneyState
  /** The ledger's name for what paid for it, when the fetch knows. */
  readonly purchase?: string
}

/** Keeps the id of a job, so that a crash does not lose it. Awaited before the job is first asked about. */
export type OnSubmitted = (submission: Submission) => void | Promise<void>

/** What the caller says of one job. */
export interface GenerateOptions extends CallOptions, WatchOptions {
  /** Default: the client's. */
  readonly onSubmitted?: OnSubmitted
}

/** What the caller says of a job that is taken up. */
export interface ResumeOptions extends WatchOptions {
  /** As the job was billed: only the key's owner may ask about one that was billed to the key. Default: the client's. */
  readonly billing?: Billing
}

/** What generations are made with. */
export interface GenerationsContext {
  readonly session: Session
  readonly catalogue: Catalogue
  readonly baseUrl: URL
  /** Downloads. */
  readonly plainFetch: FetchLike
  readonly clock: Clock
  readonly random: RandomBytes
  readonly onSubmitted: OnSubmitted | undefined
}

const IMAGE_TIMEOUT_MS = 600_000
const VIDEO_TIMEOUT_MS = 6_000_000

/** The part of the client that submits jobs and takes them up. */
export class Generations {
  readonly #context: GenerationsContext

  constructor(context: GenerationsContext) {
    this.#context = context
  }

  /** @throws {BursarError} `request/invalid`, `service/*`, `job/unrecorded`, and whatever the fetch throws. */
  async submit(name: string, items: readonly GenerationItem[], options: GenerateOptions = {}): Promise<Job> {
    const { session, catalogue } = this.#context
    const { connection } = session
    const billing = session.pathOf(options.billing, 'media')
    const resolved = await Promise.all(items.map(resolveItem))
    if (options.validate ?? session.validate) checkItems(resolved, catalogue)
    const operation: Operation = {
      name,
      method: 'POST',
      path: '/v1/generation-requests?wait=false',
      body: { requests: resolved.map(toWire) },
      ...(await session.billed(billing, 'media', items[0]?.model, options))
    }
    const { body, response } = await connection.read(operation)
    const state = readEnvelope(body)
    if (!state) throw connection.malformed(operation, response, 'no request_id')
    const told = connection.moneyState(operation, response)
    const moneyState = told === 'unknown' ? {} : { moneyState: told }
    if (state.requestId !== '' && state.status !== 'rejected') {
      const purchase = connection.purchase(response)
      const paid = purchase === undefined ? moneyState : { ...moneyState, purchase }
      const billedBecause = session.reasonFor(options.billing, 'media')
      const about = { requestId: state.requestId, billing, billedBecause, model: items[0]?.model ?? '' }
      await this.#record({ ...about, ...paid }, options)
    }
    const hasVideo = items.some(({ type }) => type === 'video')
    const timeoutMs = options.timeoutMs ?? (hasVideo ? VIDEO_TIMEOUT_MS : IMAGE_TIMEOUT_MS)
    return watchJob(state, { ...this.#watching(billing, { ...options, timeoutMs }), ...moneyState })
  }

  /** @throws {TypeError} when the id is none. */
  resume(requestId: string, options: ResumeOptions = {}): Job {
    if (!isRequestId(requestId)) throw new TypeError('requestId must be 1 to 128 letters, digits, - or _')
    const billing = this.#context.session.pathOf(options.billing, 'media')
    const unheard: JobState = { requestId, status: 'unknown', isDone: false, items: [] }
    const timeoutMs = options.timeoutMs ?? VIDEO_TIMEOUT_MS
    return watchJob(unheard, { ...this.#watching(billing, { ...options, timeoutMs }), isUnheard: true })
  }

  async #record(
    told: Omit<Submission, 'service' | 'submittedAtMs'>,
    options: GenerateOptions
  ): Promise<void> {
    const onSubmitted = options.onSubmitted ?? this.#context.onSubmitted
    const submission: Submission = { service: 'katana', submittedAtMs: this.#context.clock.nowMs(), ...told }
    try {
      await onSubmitted?.(submission)
    } catch (error) {
      const { requestId, moneyState = 'settled' } = submission
      throw new BursarError('job/unrecorded', {
        message: `Job ${requestId} was taken, but onSubmitted failed to keep its id. Keep it: jobs.resume takes the job up.`,
        context: { requestId },
        moneyState,
        cause: error
      })
    }
  }

  #watching(billing: BillingPath, options: WatchOptions & { readonly timeoutMs: number }): JobContext {
    const { baseUrl, plainFetch, clock, random } = this.#context
    const { timeoutMs, onUpdate, signal } = options
    return {
      timeoutMs,
      clock,
      random,
      ...(onUpdate ? { onUpdate } : {}),
      ...(signal ? { signal } : {}),
      read: (question) => this.#poll(question, billing),
      save: async (result, folder, save) =>
        (await import('#disk')).disk.saveAssets(result, folder, save, {
          service: baseUrl,
          fetch: plainFetch,
          clock,
          random
        })
    }
  }

  /** Katana 136: what was billed to a key is told to the key only, the rest to whoever knows the id. */
  async #poll({ requestId, signal, timeoutMs }: Question, billing: BillingPath): Promise<JobState> {
    const { connection, keyHeaders } = this.#context.session
    const operation: Operation = {
      name: 'jobs.poll',
      method: 'GET',
      path: `/v1/generation-requests/${requestId}`,
      money: 'settled',
      requestId,
      timeoutMs,
      ...(signal ? { signal } : {}),
      ...(billing === 'key' && keyHeaders ? { headers: keyHeaders } : {})
    }
    const { body, response } = await connection.read(operation)
    const state = readEnvelope(body)
    if (state?.requestId !== requestId)
      throw connection.malformed(operation, response, 'not of this request_id')
    return state
  }
}

function toWire(item: ResolvedItem): object {
  return item.type === 'image' ? imageItemToWire(item) : videoItemToWire(item)
}
