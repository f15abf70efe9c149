import { checkOptions } from '@bursar/core'
import type { JobResult } from '../job/job-state.js'
import type { SaveContext } from './save-assets.js'
import { saveChecks } from './save-checks.js'
import type { SavedAsset, SaveOptions } from './save-options.js'

/** Saves what a job made. */
export type SaveResult = (
  result: JobResult,
  folder: string | URL,
  options: SaveOptions
) => Promise<readonly SavedAsset[]>

/** Builds what saves a service's results. The file system is loaded when it is first needed. */
export function createSaver(context: Omit<SaveContext, keyof SaveOptions>): SaveResult {
  return async (result, folder, options) => {
    checkOptions(options, saveChecks)
    const { disk } = await import('#disk')
    return disk.saveAssets(result, folder, { ...options, ...context })
  }
}
