import type { JsonObject } from '@bursar/core'
import { chanceOf } from '../images/chance.js'
import { formatCredits } from './credits.js'
import { totalCredits } from './generation-request.js'
import type { ImageSpec } from './image-item.js'
import { echoOf, expiryOf, type Job, type JobItem, statusOf, timestamp } from './job.js'

const POLL_AFTER_SECONDS = 1

/**
 * A job as `POST` and `GET /v1/generation-requests` tell of it.
 *
 * @param url of the gateway, for the assets.
 */
export function envelopeOf(job: Job, nowMs: number, url: string): JsonObject {
  const status = statusOf(job, nowMs)
  const isDone = status !== 'processing'
  return {
    request_id: job.requestId,
    status,
    created_at: timestamp(job.createdAtMs),
    updated_at: timestamp(isDone ? job.completesAtMs : job.createdAtMs),
    requests: job.items.map(echoOf),
    responses: job.items.map((item) => responseOf(job, item, isDone, url)),
    poll_after_seconds: isDone ? null : POLL_AFTER_SECONDS,
    metadata: { credits_spent: formatCredits(status === 'failed' ? 0n : totalCredits(job.items)) }
  }
}

function responseOf(job: Job, item: JobItem, isDone: boolean, url: string): JsonObject {
  const { id } = item.asked
  const common = { ...(typeof id === 'string' ? { id } : {}), job_id: item.jobId, type: 'image' }
  if ('rejection' in item) {
    return {
      ...common,
      status: 'rejected',
      output_assets: [],
      started_at: null,
      completed_at: null,
      metadata: { model: echoOf(item).model ?? null, credits_spent: '0' },
      error: { ...item.rejection, retryable: false, details: {} }
    }
  }
  const { spec } = item
  if (isDone && job.ending === 'fails') return failureOf(job, common, spec)
  return {
    ...common,
    status: isDone ? 'completed' : 'processing',
    output_assets: isDone ? [assetOf(job, item.jobId, spec, url)] : [],
    started_at: timestamp(job.createdAtMs),
    completed_at: isDone ? timestamp(job.completesAtMs) : null,
    metadata: { model: spec.model.key, credits_spent: formatCredits(spec.credits) }
  }
}

/** Katana 145. */
function failureOf(job: Job, common: JsonObject, { model }: ImageSpec): JsonObject {
  return {
    ...common,
    status: 'failed',
    output_assets: [],
    started_at: timestamp(job.createdAtMs),
    completed_at: timestamp(job.completesAtMs),
    metadata: { model: model.key, credits_spent: '0' },
    error: {
      code: 'generation_timed_out',
      message: 'The generation took too long and was given up.',
      retryable: true,
      details: { timeout_seconds: Math.round((job.completesAtMs - job.createdAtMs) / 1000) }
    }
  }
}

/** Katana 139: `original_data_url` is the deliverable; 141: the size is that of the finished picture. */
function assetOf(job: Job, jobId: string, spec: ImageSpec, url: string): JsonObject {
  const base = `${url}/assets/${jobId}`
  return {
    kind: 'image',
    mime_type: 'image/png',
    url: `${base}/preview.png`,
    original_data_url: `${base}/original.png`,
    thumbnail_image_url: `${base}/thumbnail.png`,
    ...spec.size,
    // Katana 114: in-house models only.
    ...(spec.model.inHouse ? { metadata: { tags: tagsOf(spec.prompt) } } : {}),
    expires_at: timestamp(expiryOf(job))
  }
}

function tagsOf(prompt: string): JsonObject[] {
  const words = prompt.toLowerCase().match(/[a-z]{3,}/g) ?? []
  return [...new Set(words)].slice(0, 5).map((tag) => ({
    tag,
    confidence: Number(chanceOf(tag).between(0.6, 0.99).toFixed(2))
  }))
}
