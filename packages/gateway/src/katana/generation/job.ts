import type { JsonObject } from '@bursar/core'
import type { GenerationItem, MediaSpec } from './generation-request.js'

/** One item of a job, with the id that its asset is found by. */
export type JobItem = GenerationItem & { readonly jobId: string }

/** A generation request that was taken up. Its state follows from the time. */
export interface Job {
  readonly requestId: string
  readonly items: readonly JobItem[]
  /** Unix milliseconds. */
  readonly createdAtMs: number
  readonly completesAtMs: number
  /** The API key that was billed for it; absent for what x402 paid. */
  readonly owner?: string
  /** How it ends, if it does. */
  readonly ending: 'completes' | 'fails' | 'never'
  /** Milliseconds that its assets live once they are made. */
  readonly assetLifeMs: number
}

/** Katana's words, and one for what is not finished. */
export type JobStatus = 'processing' | 'completed' | 'partial_failure' | 'failed' | 'rejected'

/** Result URLs live for 72 hours after completion. */
export const ASSET_LIFE_MS = 72 * 3600 * 1000

/** Where a job stands. One of which every item is rejected was never begun (Katana 104). */
export function statusOf(job: Job, nowMs: number): JobStatus {
  const taken = job.items.filter((item) => 'spec' in item).length
  if (taken === 0) return 'rejected'
  if (nowMs < job.completesAtMs || job.ending === 'never') return 'processing'
  if (job.ending === 'fails') return 'failed'
  return taken === job.items.length ? 'completed' : 'partial_failure'
}

/** Unix milliseconds at which a job's assets expire. */
export function expiryOf(job: Job): number {
  return job.completesAtMs + job.assetLifeMs
}

/** A time as Katana writes it: whole seconds and `+00:00`. */
export function timestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}+00:00`
}

/**
 * The item as it was asked for, with the internal model key, as Katana's answers have it. Only text is
 * repeated: a rejected item may hold anything.
 */
export function echoOf(item: GenerationItem): JsonObject {
  const { model, prompt, aspect_ratio, output_format, type, id } = item.asked
  const spec = 'spec' in item ? { model: item.spec.model.key, ...formatOf(item.spec) } : {}
  const echo = { id, type, model, prompt, aspect_ratio, output_format, ...spec }
  return Object.fromEntries(
    Object.entries(echo).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []))
  )
}

function formatOf(spec: MediaSpec): { readonly output_format?: string } {
  return spec.kind === 'image' ? { output_format: spec.format } : {}
}
