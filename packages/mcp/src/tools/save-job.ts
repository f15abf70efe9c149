import type { Job } from '@bursar/generation/katana'
import type { McpContext } from '../context.js'
import type { ToolOutput } from '../tool-output.js'

/** Waits for a job to end, and saves what it made. */
export async function saveJob({ files }: Pick<McpContext, 'files'>, job: Job): Promise<ToolOutput> {
  await job.result()
  const saved = await job.save(await files.prepare(), { existing: 'keep' })
  return { job: job.requestId, status: job.state.status, files: saved.map(({ path }) => path) }
}
