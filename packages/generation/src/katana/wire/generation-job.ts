import type { ItemFailure, JsonObject } from '@bursar/core'
import type * as z from 'zod/mini'
import type { Asset, JobItem, JobState } from '../../shared/job/job-state.js'
import { defined } from '../../shared/wire/defined.js'
import {
  error,
  flag,
  number,
  object,
  objects,
  text,
  time,
  url,
  word,
  words
} from '../../shared/wire/tolerant-schemas.js'

const MAX_ITEMS = 1000
const MAX_ASSETS = 100
const MAX_TAGS = 200

const assetFields = {
  kind: text(40),
  mime_type: word(80),
  original_data_url: url,
  url,
  thumbnail_image_url: url,
  thumbnail_silent_video_mp4_url: url,
  final_frame_image_url: url,
  width: number,
  height: number,
  duration_seconds: number,
  expires_at: time,
  metadata: object({ tags: objects({ tag: text(80), confidence: number }, MAX_TAGS) })
}

const itemFields = {
  job_id: text(128),
  status: word(),
  output_assets: objects(assetFields, MAX_ASSETS),
  error: error({ code: words(64), message: words(), retryable: flag }),
  metadata: object({ model: text(80), credits_spent: text(40) }),
  started_at: time,
  completed_at: time
}

const itemSchema = object(itemFields)

/** What `POST` and `GET /v1/generation-requests` answer. */
const jobSchema = object({
  status: word(),
  responses: objects(itemFields, MAX_ITEMS),
  metadata: object({ credits_spent: text(40) }),
  poll_after_seconds: number,
  created_at: time,
  updated_at: time
})

type WireItem = z.output<typeof itemSchema>
type WireAsset = WireItem['output_assets'][number]

/** Katana 134. A submission can also end as `rejected` (Katana 104). */
const finalStatuses: ReadonlySet<string> = new Set(['completed', 'partial_failure', 'failed', 'rejected'])

/** Statuses of a job that was never begun or made nothing, which may come without a request id. */
const emptyStatuses: ReadonlySet<string> = new Set(['failed', 'rejected'])

/** Whether something is a request id, which goes into URLs and file names. Katana's sample is a UUID. */
export function isRequestId(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{1,128}$/.test(value)
}

/**
 * Reads the state of a job.
 *
 * @returns `undefined` when there is no request id to poll by, and something to poll for.
 */
export function readGenerationJob(answer: JsonObject): JobState | undefined {
  const job = jobSchema.parse(answer)
  const items = job.responses.map(readItem)
  const isRejected = items.length > 0 && items.every((item) => item.status === 'rejected')
  const status = isRejected ? 'rejected' : (job.status ?? 'unknown')
  const isEmpty = emptyStatuses.has(status)
  const { request_id: requestId } = answer
  if (!isRequestId(requestId) && !isEmpty) return undefined
  return {
    requestId: isRequestId(requestId) ? requestId : '',
    status,
    isDone: finalStatuses.has(status),
    items: items.length === 0 && isEmpty ? [readItem(itemSchema.parse(answer), 0)] : items,
    ...defined({
      creditsSpent: job.metadata.credits_spent,
      pollAfterSeconds: job.poll_after_seconds,
      createdAtMs: job.created_at,
      updatedAtMs: job.updated_at
    }),
    raw: answer
  }
}

function readItem(item: WireItem, index: number): JobItem {
  const status = item.status ?? 'unknown'
  return {
    index,
    status,
    assets: item.output_assets.map((asset, at) => ({ item: index, index: at, ...readAsset(asset) })),
    ...defined({
      jobId: item.job_id,
      failure: readFailure(item, index, status),
      modelKey: item.metadata.model,
      creditsSpent: item.metadata.credits_spent,
      startedAtMs: item.started_at,
      completedAtMs: item.completed_at
    })
  }
}

function readFailure(item: WireItem, index: number, status: string): ItemFailure | undefined {
  const { code: serviceCode, message: reason, retryable } = item.error
  if (!emptyStatuses.has(status) && Object.keys(item.error).length === 0) return undefined
  return { item: index, status, ...defined({ serviceCode, reason, retryable }) }
}

/** Katana 138 to 141 and 143. Blank URLs mean that there is nothing. */
function readAsset(asset: WireAsset): Omit<Asset, 'item' | 'index'> {
  const deliverable = asset.original_data_url ?? asset.url
  return {
    kind: asset.kind ?? 'unknown',
    ...defined({
      mimeType: asset.mime_type,
      url: deliverable,
      displayUrl: asset.url === deliverable ? undefined : asset.url,
      thumbnailUrl: asset.thumbnail_image_url,
      previewUrl: asset.thumbnail_silent_video_mp4_url,
      finalFrameUrl: asset.final_frame_image_url,
      width: asset.width,
      height: asset.height,
      durationSeconds: asset.duration_seconds,
      expiresAtMs: asset.expires_at
    }),
    tags: asset.metadata.tags.flatMap(({ tag, confidence }) =>
      tag === undefined ? [] : [{ tag, ...defined({ confidence }) }]
    )
  }
}
