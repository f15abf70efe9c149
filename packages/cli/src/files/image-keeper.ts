import type { ProxyOptions } from '@bursar/proxy'
import type { CommandContext } from '../context.js'
import { assertFolder } from './assert-folder.js'
import { saveFiles } from './save-job.js'
import { noteSaved } from './saved-files.js'

/**
 * Saves what jobs of a proxy made, and notes where, so that the dashboard shows it. What cannot be saved is said: the program has
 * its answer all the same.
 *
 * @returns nothing, where no folder is named.
 * @throws {UsageError} when nothing can be saved there.
 */
export async function imageKeeper(
  { env, err }: CommandContext,
  { keepImages: folder }: { readonly keepImages?: string }
): Promise<ProxyOptions['onImages']> {
  if (folder === undefined) return undefined
  await assertFolder(folder)
  return async (_, job) => {
    try {
      await noteSaved(env, job.requestId, await saveFiles(job, folder))
    } catch (error) {
      err(
        `The images of job ${job.requestId} are not kept: ${error instanceof Error ? error.message : 'it failed'}\n`
      )
    }
  }
}
