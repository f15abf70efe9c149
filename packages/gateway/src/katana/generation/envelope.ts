import type { JsonObject } from '@bursar/core'
import { formatCredits } from '../catalogue/credits.js'
import { timestamp } from '../timestamp.js'
import { describeAsset } from './describe-asset.js'
import { type MediaSpec, totalCredits } from './generation-request.js'
import { type Job, type JobItem, statusOf } from './job.js'

const POLL_AFTER_SECONDS = 1

/**
 * A job as `POST` and `GET /v1/generation-requests` report it.
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
    responses: job.items.map((item) => ({ ...headOf(item), ...responseOf(job, item, { isDone, url }) })),
    poll_after_seconds: isDone ? null : POLL_AFTER_SECONDS,
    metadata: { credits_spent: formatCredits(status === 'failed' ? 0n : totalCredits(job.items)) }
  }
}

/**
 * The item as it was requested, with the internal model key, as in Katana's answers. Only text is repeated, because a
 * rejected item may contain anything.
 */
function echoOf(item: JobItem): JsonObject {
  const { id, type, model, prompt, aspect_ratio, output_format } = item.input
  const spec = 'spec' in item ? { model: item.spec.model.key, ...formatOf(item.spec) } : {}
  const echo = { id, type, model, prompt, aspect_ratio, output_format, ...spec }
  return Object.fromEntries(
    Object.entries(echo).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []))
  )
}

function formatOf(spec: MediaSpec): JsonObject {
  return spec.kind === 'image' ? { output_format: spec.format } : {}
}

function headOf({ input, jobId }: JobItem): JsonObject {
  const { id, type = 'image' } = input
  return { ...(typeof id === 'string' ? { id } : {}), job_id: jobId, type }
}

function responseOf(
  job: Job,
  item: JobItem,
  { isDone, url }: { readonly isDone: boolean; readonly url: string }
): JsonObject {
  if ('rejection' in item) return rejectedResponse(item)
  const { spec } = item
  if (isDone && job.ending === 'fails') return failedResponse(job, spec)
  return {
    status: isDone ? 'completed' : 'processing',
    output_assets: isDone ? [describeAsset(job, item.jobId, { spec, url })] : [],
    started_at: timestamp(job.createdAtMs),
    completed_at: isDone ? timestamp(job.completesAtMs) : null,
    metadata: { model: spec.model.key, credits_spent: formatCredits(spec.credits) }
  }
}

function rejectedResponse(item: Extract<JobItem, { rejection: unknown }>): JsonObject {
  return {
    status: 'rejected',
    output_assets: [],
    started_at: null,
    completed_at: null,
    metadata: { model: echoOf(item).model ?? null, credits_spent: '0' },
    error: { ...item.rejection, retryable: false, details: {} }
  }
}

/** A job that timed out (Katana 145). */
function failedResponse(job: Job, { model }: MediaSpec): JsonObject {
  return {
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
