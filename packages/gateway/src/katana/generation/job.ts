import type { GenerationItem } from './generation-request.js'

/** One item of a job, with the id that its asset is found by. */
export type JobItem = GenerationItem & { readonly jobId: string }

/** A generation request that was accepted. Its status follows from the time. */
export interface Job {
  readonly requestId: string
  readonly items: readonly JobItem[]
  /** Unix milliseconds. */
  readonly createdAtMs: number
  readonly completesAtMs: number
  /** The API key that was billed. Undefined when the job was paid by x402. */
  readonly owner: string | undefined
  readonly ending: 'completes' | 'fails' | 'never'
  /** Milliseconds from completion until the assets expire. */
  readonly assetLifeMs: number
}

/** Katana's statuses, and `processing` for a job that has not ended. */
export type JobStatus = 'processing' | 'completed' | 'partial_failure' | 'failed' | 'rejected'

/** Result URLs live for 72 hours after completion. */
export const ASSET_LIFE_MS = 72 * 3600 * 1000

/** The status of a job. A job whose items are all rejected never began (Katana 104). */
export function statusOf(job: Job, nowMs: number): JobStatus {
  const accepted = job.items.filter((item) => 'spec' in item).length
  if (accepted === 0) return 'rejected'
  if (nowMs < job.completesAtMs || job.ending === 'never') return 'processing'
  if (job.ending === 'fails') return 'failed'
  return accepted === job.items.length ? 'completed' : 'partial_failure'
}

/** Unix milliseconds at which a job's assets expire. */
export function expiryOf(job: Job): number {
  return job.completesAtMs + job.assetLifeMs
}
