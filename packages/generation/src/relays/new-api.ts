import { type AtomicUsdc, atomicUsdc, isJsonObject, type JsonObject, parseUsdc } from '@bursar/core'
import type { JobState } from '../shared/job/job-state.js'
import { type Price, tokenPrice } from '../shared/metering/price.js'
import { defined, numberAt, objectAt, objectsAt, textAt, urlAt } from '../shared/service/fields.js'
import type { TaskReader } from './service.js'

/*
 * new-api is the relay software behind several services. What is here is the same wherever it runs.
 */

/** Quota of one dollar (OpenClaw 5). */
const QUOTA_PER_USD = 500_000

/** Millionths of a dollar that one unit of quota is. */
const QUOTUM = 1_000_000n / BigInt(QUOTA_PER_USD)

/** What a cost comes to in quota, of which there are no parts: rounded up. */
export function wholeQuota(cost: AtomicUsdc): AtomicUsdc {
  return atomicUsdc(((cost + QUOTUM - 1n) / QUOTUM) * QUOTUM)
}

const MAX_MODELS = 10_000
/** What the software shows of a model that nobody has priced; it is no price. */
const UNSET_RATIO = 37.5

/**
 * Reads `/api/pricing` (OpenClaw 41): prices by model, for the group that the account is in.
 *
 * @param group whose ratio applies.
 */
export function readPricing(body: JsonObject, group = 'default'): ReadonlyMap<string, Price> {
  const ratio = numberAt(objectAt(body, 'group_ratio'), group) ?? 1
  const entries = objectsAt(body, 'data', MAX_MODELS).flatMap((row): [string, Price][] => {
    const model = textAt(row, 'model_name')
    const price = priceOf(row, ratio)
    return model === undefined || price === undefined ? [] : [[model, price]]
  })
  return new Map(entries)
}

function priceOf(row: JsonObject, group: number): Price | undefined {
  if (row.quota_type === 1) {
    const price = numberAt(row, 'model_price')
    return price === undefined ? undefined : { unit: 'call', each: parseUsdc(dollars(price * group)) }
  }
  const ratio = numberAt(row, 'model_ratio')
  if (ratio === undefined || ratio === UNSET_RATIO) return undefined
  const input = ratio * 2 * group
  const at = (name: string, otherwise: number): string => dollars(input * (numberAt(row, name) ?? otherwise))
  return tokenPrice(dollars(input), at('completion_ratio', 1), {
    read: at('cache_ratio', 1),
    write: at('create_cache_ratio', 1.25)
  })
}

/** Six decimals, rounded up: floating point must not make anything cheaper. */
function dollars(value: number): string {
  return (Math.ceil(Number((value * 1e6).toFixed(3))) / 1e6).toFixed(6)
}

/** What is left on an account. */
export interface RelayBalance {
  /** Decimal dollars; absent where the key has no bound. */
  readonly remainingUsd?: string
  /** Decimal dollars that the key has spent. */
  readonly usedUsd: string
}

/** A key without a bound shows this many dollars (OpenClaw 42). */
const UNLIMITED_USD = 100_000_000

/** Reads `/v1/dashboard/billing/subscription` and `/usage`, whose total is in cents (OpenClaw 42). */
export function readBalance(subscription: JsonObject, usage: JsonObject): RelayBalance | undefined {
  const limit = numberAt(subscription, 'hard_limit_usd')
  const cents = numberAt(usage, 'total_usage')
  if (limit === undefined || cents === undefined) return undefined
  const used = cents / 100
  const usedUsd = used.toFixed(6)
  return limit >= UNLIMITED_USD
    ? { usedUsd }
    : { usedUsd, remainingUsd: Math.max(0, limit - used).toFixed(6) }
}

const TASK_POLL_SECONDS = 10

/** `GET /v1/videos/{id}` (OpenClaw 26, 27 and 29): the URL is read only of what is completed. */
export const openAiVideoTask: TaskReader = {
  path: (id) => `/videos/${id}`,
  read(body, id) {
    const status = textAt(body, 'status', 40)?.toLowerCase()
    if (status === undefined) return undefined
    const failure = objectAt(body, 'error')
    return taskState(id, status, {
      isCompleted: status === 'completed' || status === 'succeeded',
      url: urlAt(objectAt(body, 'metadata'), 'url'),
      serviceCode: textAt(failure, 'code', 64),
      reason: textAt(failure, 'message')
    })
  }
}

/** `GET /v1/video/generations/{id}` (OpenClaw 28, Tokenhot 53). */
export const taskDto: TaskReader = {
  path: (id) => `/video/generations/${id}`,
  read(body, id) {
    const data = objectAt(body, 'data')
    const status = textAt(data, 'status', 40)?.toLowerCase()
    if (status === undefined) return undefined
    const told = { url: urlAt(data, 'result_url'), reason: textAt(data, 'fail_reason') }
    return taskState(id, status === 'failure' ? 'failed' : status, {
      ...told,
      isCompleted: status === 'success'
    })
  }
}

/** What a service says of one task. */
export interface ToldTask {
  readonly isCompleted: boolean
  readonly url?: string | undefined
  readonly serviceCode?: string | undefined
  readonly reason?: string | undefined
}

/** The state of a job with one film. Every word but the last ones is pending. */
export function taskState(requestId: string, status: string, told: ToldTask): JobState {
  const hasFailed = status === 'failed'
  const { url, serviceCode, reason } = told
  const failure = { item: 0, status, ...defined({ serviceCode, reason }) }
  const film = { item: 0, index: 0, kind: 'video', mimeType: 'video/mp4', tags: [], ...defined({ url }) }
  return {
    requestId,
    status: told.isCompleted ? 'completed' : status,
    isDone: told.isCompleted || hasFailed,
    items: [
      {
        index: 0,
        status: told.isCompleted ? 'completed' : status,
        assets: told.isCompleted ? [film] : [],
        ...(hasFailed ? { failure } : {})
      }
    ],
    ...(told.isCompleted || hasFailed ? {} : { pollAfterSeconds: TASK_POLL_SECONDS })
  }
}

/** The id in the answer to a submission, under either name. */
export function taskIdOf({ id, task_id: taskId }: JsonObject): string | undefined {
  return [id, taskId].find(isTaskId)
}

/** What a task's id looks like, which goes into URLs and file names (OpenClaw 44, TokenHub 59). */
export function isTaskId(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{1,128}$/.test(value)
}

/** Reads `GET /v1/models`: the names of what is sold. */
export function readModels(body: JsonObject): readonly string[] | undefined {
  const { data } = body
  if (!Array.isArray(data)) return undefined
  return data.filter(isJsonObject).flatMap((row) => textAt(row, 'id') ?? [])
}
