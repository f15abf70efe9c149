import { BursarError, type Clock, checkOptions, type MoneyState, type RandomBytes } from '@bursar/core'
import type { SaveResult } from '../shared/asset/create-saver.js'
import type { Job } from '../shared/job/job.js'
import type { JobState } from '../shared/job/job-state.js'
import type { PollRequest } from '../shared/job/poll.js'
import { type PollingContext, pollJob, resumeJob } from '../shared/job/polled-job.js'
import type { JsonAnswer } from '../shared/service/connection.js'
import { defined } from '../shared/wire/defined.js'
import type { BillingPath } from './billing.js'
import type { Catalogue } from './catalogue/model.js'
import { type ChargeCorrection, correctCharge } from './correct-charge.js'
import type { GenerationItem } from './item.js'
import { checkItemFields } from './item-fields.js'
import { generateChecks, resumeChecks } from './option-checks.js'
import { type ResolvedItem, resolveItem } from './resolved-item.js'
import { checkItems } from './rules/check-item.js'
import type { Session } from './session.js'
import type { GenerateOptions, OnSubmitted, ResumeOptions, Submission } from './submission.js'
import { isRequestId, readGenerationJob } from './wire/generation-job.js'
import { imageItemToWire } from './wire/image-item.js'
import { videoItemToWire } from './wire/video-item.js'

/** What jobs are submitted and resumed with. */
export interface JobsContext {
  readonly session: Session
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly random: RandomBytes
  readonly save: SaveResult
  readonly onSubmitted: OnSubmitted | undefined
  readonly correct: ChargeCorrection['correct']
  readonly origin: string
}

const IMAGE_TIMEOUT_MS = 600_000
const VIDEO_TIMEOUT_MS = 6_000_000

/** Builds the part of the client that submits jobs and resumes them. */
export function createJobs(context: JobsContext) {
  return {
    submit: (name: string, items: readonly GenerationItem[], options: GenerateOptions = {}) =>
      submit(context, { name, items, options }),
    resume: (requestId: string, options: ResumeOptions = {}) => resume(context, requestId, options)
  }
}

interface NamedSubmission {
  /** Such as `images.generate`. */
  readonly name: string
  readonly items: readonly GenerationItem[]
  readonly options: GenerateOptions
}

/**
 * @throws {TypeError} when an item has an unknown field.
 * @throws {BursarError} `request/invalid`, `service/*`, `job/unrecorded`, and what the fetch throws.
 */
async function submit(context: JobsContext, submission: NamedSubmission): Promise<Job> {
  const { items, options } = submission
  checkOptions(options, generateChecks)
  checkItemFields(items)
  const { connection } = context.session
  const { path: billing, reason } = context.session.choose('media', options.billing)
  const answer = await send(context, submission)
  const state = readGenerationJob(answer.body)
  if (!state) throw connection.malformed(answer, 'no request_id')
  const paid = reportedMoney(connection.moneyState(answer))
  if (state.requestId !== '' && state.status !== 'rejected')
    await record(context, options, {
      ...paid,
      ...defined({ purchase: connection.purchase(answer) }),
      requestId: state.requestId,
      billing,
      billedBecause: reason,
      model: items[0]?.model ?? ''
    })
  await correctCharge(context, state, billing)
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs(items)
  return pollJob(state, { ...pollingContext(context, billing, { ...options, timeoutMs }), ...paid })
}

/** The state of the money, where the answer says it. */
function reportedMoney(moneyState: MoneyState): { readonly moneyState?: MoneyState } {
  return moneyState === 'unknown' ? {} : { moneyState }
}

/** @throws {TypeError} when the id is malformed. */
function resume(context: JobsContext, requestId: string, options: ResumeOptions): Job {
  checkOptions(options, resumeChecks)
  if (!isRequestId(requestId)) throw new TypeError('requestId must be 1 to 128 letters, digits, - or _')
  const { path: billing } = context.session.choose('media', options.billing)
  const { timeoutMs = VIDEO_TIMEOUT_MS } = options
  return resumeJob(requestId, pollingContext(context, billing, { ...options, timeoutMs }))
}

async function send({ session, catalogue }: JobsContext, submission: NamedSubmission): Promise<JsonAnswer> {
  const { name, items, options } = submission
  const resolved = await Promise.all(items.map(resolveItem))
  if (options.validate ?? session.validate) checkItems(resolved, catalogue)
  return session.connection.read({
    ...session.billed({ kind: 'media', model: items[0]?.model, options }),
    name,
    method: 'POST',
    path: `/v1/generation-requests?wait=${options.wait === true}`,
    body: { requests: resolved.map(toWire) }
  })
}

/** @throws {BursarError} `job/unrecorded` */
async function record(
  { clock, onSubmitted }: JobsContext,
  options: GenerateOptions,
  accepted: Omit<Submission, 'service' | 'submittedAtMs'>
): Promise<void> {
  const submission: Submission = { service: 'katana', submittedAtMs: clock.nowMs(), ...accepted }
  try {
    await onSubmitted?.(submission)
    await options.onSubmitted?.(submission)
  } catch (error) {
    const { requestId, moneyState = 'settled' } = accepted
    throw new BursarError('job/unrecorded', {
      message:
        `Job ${requestId} was accepted, but onSubmitted failed to keep its id. Keep it: ` +
        'jobs.resume resumes the job.',
      context: { requestId },
      moneyState,
      cause: error
    })
  }
}

function pollingContext(
  context: JobsContext,
  billing: BillingPath,
  { timeoutMs, onUpdate, signal }: ResumeOptions & { readonly timeoutMs: number }
): PollingContext {
  const { session, clock, random, save } = context
  const read = async (request: PollRequest): Promise<JobState> => {
    const state = await poll(session, request, billing)
    await correctCharge(context, state, billing)
    return state
  }
  return { timeoutMs, clock, random, save, read, ...defined({ onUpdate, signal }) }
}

/** Katana 136: a job that was billed to a key is shown to that key only, any other job to every caller who has its id. */
async function poll(session: Session, request: PollRequest, billing: BillingPath): Promise<JobState> {
  const { requestId, timeoutMs, signal } = request
  const answer = await session.connection.read({
    name: 'jobs.poll',
    method: 'GET',
    path: `/v1/generation-requests/${requestId}`,
    money: 'settled',
    requestId,
    timeoutMs,
    ...defined({ signal, headers: billing === 'key' ? session.keyHeaders : undefined })
  })
  const state = readGenerationJob(answer.body)
  if (state?.requestId !== requestId) throw session.connection.malformed(answer, 'not of this request_id')
  return state
}

function defaultTimeoutMs(items: readonly GenerationItem[]): number {
  return items.some(({ type }) => type === 'video') ? VIDEO_TIMEOUT_MS : IMAGE_TIMEOUT_MS
}

function toWire(item: ResolvedItem): object {
  return item.type === 'image' ? imageItemToWire(item) : videoItemToWire(item)
}
