import { basename } from 'node:path'
import type { Asset, BillingPath } from '@bursar/generation/katana'
import type { Katana } from 'bursar/katana'
import { checkUsage, UsageError } from '../usage-error.js'

/** A video that was saved before: the id of its job, or its file, which `image` and `video` name for the job. */
export interface SavedVideo {
  readonly job: string
  /** Which of the job's results. */
  readonly item: number
  readonly index: number
}

/** Reads the name of a saved video. */
export function parseSavedVideo(text: string): SavedVideo {
  const [, job = text, item = '0', index = '0'] = /^(.+)-(\d+)-(\d+)\.\w+$/.exec(basename(text)) ?? []
  return { job, item: Number(item), index: Number(index) }
}

/** Asks the service for a saved video. It pays nothing. @throws {UsageError} when there is none. */
export async function findSavedVideo(
  katana: Katana,
  { job, item, index }: SavedVideo,
  billing: BillingPath
): Promise<Asset> {
  const resumed = checkUsage(() => katana.jobs.resume(job, { billing }))
  const { assets } = await resumed.result().catch((cause: unknown) => {
    const reason = cause instanceof Error ? `: ${cause.message}` : ''
    throw new UsageError(`Job ${job} has no video to continue${reason} Nothing was paid`, { cause })
  })
  const found = assets.find((asset) => asset.item === item && asset.index === index)
  if (found) return found
  throw new UsageError(`Job ${job} made no video ${item}-${index}. Nothing was paid`)
}
