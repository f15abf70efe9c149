import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Job } from '@bursar/generation/katana'
import { malformedAnswer } from './service-problem.js'
import type { SavedFile } from './video-service.js'

/** Bytes of one video. */
const MAX_BYTES = 1024 ** 3

/** Downloads the video of a job that is done, with the checks that every asset passes, into a folder of its own. */
export async function saveVideo(job: Job, signal: AbortSignal): Promise<SavedFile> {
  const folder = await mkdtemp(join(tmpdir(), 'bursar-video-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    const [saved] = await job.save(folder, { maxBytes: MAX_BYTES, signal })
    if (!saved) throw malformedAnswer()
    const { path, bytes, mimeType = 'video/mp4' } = saved
    return { path, bytes, mimeType, remove }
  } catch (error) {
    await remove()
    throw error
  }
}
