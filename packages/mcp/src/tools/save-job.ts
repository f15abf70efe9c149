import { notify } from '@bursar/core'
import type { Job } from '@bursar/generation/katana'
import type { McpContext } from '../context.js'
import type { ToolOutput } from '../tool-output.js'

/** Waits for a job to end, saves what it made, and says where. */
export async function saveJob(
  { files, onSaved }: Pick<McpContext, 'files' | 'onSaved'>,
  job: Job
): Promise<ToolOutput> {
  await job.result()
  const saved = await job.save(await files.prepare(), { existing: 'keep' })
  if (onSaved) await notify(() => onSaved(job.requestId, saved), undefined, 'onSaved')
  return { job: job.requestId, status: job.state.status, files: saved.map(({ path }) => path) }
}
