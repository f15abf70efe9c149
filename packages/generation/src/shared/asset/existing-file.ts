import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import { mediaTypeOf } from '../media/media-type.js'
import { existsError, type JobAsset } from './asset-error.js'
import type { SavedAsset, SaveOptions } from './save-options.js'

/** Whether there is a file. */
export async function fileExists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false
  )
}

/**
 * Describes the existing file where an asset would be saved. @throws {BursarError} `asset/exists` unless it is kept.
 */
export async function keepExisting(
  jobAsset: JobAsset,
  path: string,
  { existing }: SaveOptions
): Promise<SavedAsset> {
  if (existing !== 'keep') throw existsError(jobAsset, path)
  const hash = createHash('sha256')
  let bytes = 0
  let mimeType: string | undefined
  const handle = await open(path)
  try {
    for await (const chunk of handle.createReadStream({ autoClose: false })) {
      if (bytes === 0) mimeType = mediaTypeOf(chunk)?.mimeType
      bytes += chunk.length
      hash.update(chunk)
    }
  } finally {
    await handle.close()
  }
  const { asset } = jobAsset
  return { asset, path, bytes, sha256: hash.digest('hex'), ...(mimeType ? { mimeType } : {}), kept: true }
}
