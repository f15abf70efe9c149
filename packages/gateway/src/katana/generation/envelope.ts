import type { JsonObject } from '@bursar/core'
import { seededRandom } from '../../images/seeded-random.js'
import { formatCredits } from '../catalogue/credits.js'
import { type MediaSpec, totalCredits } from './generation-request.js'
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
  const common = {
    ...(typeof id === 'string' ? { id } : {}),
    job_id: item.jobId,
    type: item.asked.type ?? 'image'
  }
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
function failureOf(job: Job, common: JsonObject, { model }: MediaSpec): JsonObject {
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

/** Katana 139: `original_data_url` is the deliverable; 141: sizes and lengths are those of the finished file. */
function assetOf(job: Job, jobId: string, spec: MediaSpec, url: string): JsonObject {
  const base = `${url}/assets/${jobId}`
  const shared = { ...spec.size, expires_at: timestamp(expiryOf(job)) }
  if (spec.kind === 'video') {
    return {
      kind: 'video',
      mime_type: 'video/mp4',
      url: `${base}/preview.mp4`,
      original_data_url: `${base}/original.mp4`,
      thumbnail_image_url: `${base}/thumbnail.png`,
      // Katana 140.
      thumbnail_silent_video_mp4_url: `${base}/preview.mp4`,
      final_frame_image_url: `${base}/final.png`,
      duration_seconds: spec.seconds,
      ...shared
    }
  }
  const { format, model } = spec
  return {
    kind: 'image',
    mime_type: `image/${format}`,
    url: `${base}/preview.${format}`,
    original_data_url: `${base}/original.${format}`,
    thumbnail_image_url: `${base}/thumbnail.${format}`,
    ...shared,
    // Katana 114: in-house models only.
    ...(model.inHouse ? { metadata: { tags: tagsOf(spec.prompt) } } : {})
  }
}

function tagsOf(prompt: string): JsonObject[] {
  const words = prompt.toLowerCase().match(/[a-z]{3,}/g) ?? []
  return [...new Set(words)].slice(0, 5).map((tag) => ({
    tag,
    confidence: Number(seededRandom(tag).between(0.6, 0.99).toFixed(2))
  }))
}
