import { resolve } from 'node:path'
import { bursarErrorOf } from '@bursar/core'
import type { Job, SavedAsset } from '@bursar/generation/katana'
import { OutputError } from './output-error.js'

/**
 * Saves what a job made, each file under its whole path.
 *
 * @throws {OutputError} that names the folder, when nothing can be written to it.
 */
export async function saveFiles(job: Job, folder: string): Promise<readonly SavedAsset[]> {
  const path = resolve(folder)
  try {
    return await job.save(path, { existing: 'keep' })
  } catch (cause) {
    if (bursarErrorOf(cause)) throw cause
    throw new OutputError(`What job ${job.requestId} made could not be saved in ${path}`, {
      cost: 'job',
      cause
    })
  }
}
