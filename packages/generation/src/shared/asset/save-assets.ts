import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Clock, isError, notify, type RandomBytes } from '@bursar/core'
import { makeFolder } from '@bursar/core/files'
import type { Asset, JobResult } from '../job/job-state.js'
import type { FetchLike } from '../service/operation.js'
import { existsError, type JobAsset } from './asset-error.js'
import { assetFileName, partFileName } from './asset-file.js'
import { download } from './download.js'
import { fileExists, keepExisting } from './existing-file.js'
import { PartFile } from './part-file.js'
import type { SavedAsset, SaveOptions } from './save-options.js'
import { verifyContent } from './verify-content.js'

/** How, and with what, assets are saved. */
export interface SaveContext extends SaveOptions {
  /** Where the job came from. */
  readonly service: URL
  /** Fetches without credentials and without paying. */
  readonly fetch: FetchLike
  readonly clock: Clock
  readonly random: RandomBytes
}

const HOUR_MS = 3_600_000

/**
 * Downloads what a job made into a folder, one asset after the other. Each is written to a part file, checked, and then
 * given its name. What is interrupted is continued by the next call.
 *
 * @throws {BursarError} `asset/*`
 */
export async function saveAssets(
  result: JobResult,
  folder: string | URL,
  context: SaveContext
): Promise<readonly SavedAsset[]> {
  const directory = typeof folder === 'string' ? folder : fileURLToPath(folder)
  await makeFolder(directory)
  const saved: SavedAsset[] = []
  for (const asset of result.assets)
    saved.push(await saveAsset({ requestId: result.requestId, asset }, directory, context))
  return saved
}

async function saveAsset(jobAsset: JobAsset, directory: string, context: SaveContext): Promise<SavedAsset> {
  const { asset } = jobAsset
  const path = join(directory, assetFileName(jobAsset))
  if (await fileExists(path)) return keepExisting(jobAsset, path, context)
  warnOfExpiry(asset, context)
  const part = await PartFile.open(join(directory, partFileName(jobAsset)))
  try {
    const { maxBytes = 4 * 1024 ** 3, stallMs = 60_000, retries = 3 } = context
    await download(part, { ...context, ...jobAsset, maxBytes, stallMs, retries })
    await verifyContent(part, jobAsset)
    const { bytes, mediaType } = part
    const sha256 = await finish(part, jobAsset, path)
    return { asset, path, bytes, sha256, ...(mediaType ? { mimeType: mediaType.mimeType } : {}), kept: false }
  } finally {
    await part.close()
  }
}

async function finish(part: PartFile, jobAsset: JobAsset, path: string): Promise<string> {
  try {
    return await part.finish(path)
  } catch (error) {
    if (isError(error) && 'code' in error && error.code === 'EEXIST') throw existsError(jobAsset, path)
    throw error
  }
}

function warnOfExpiry(asset: Asset, { clock, onExpiring, warnBeforeMs = HOUR_MS }: SaveContext): void {
  const leftMs = (asset.expiresAtMs ?? Number.POSITIVE_INFINITY) - clock.nowMs()
  if (leftMs >= warnBeforeMs) return
  const tell = onExpiring && ((expiring: Asset) => onExpiring(expiring, Math.max(0, leftMs)))
  void notify(tell, asset, 'onExpiring')
}
