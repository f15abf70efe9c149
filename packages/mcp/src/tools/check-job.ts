import type { Job } from '@bursar/generation/katana'
import type { McpContext } from '../context.js'
import type { ToolOutput } from '../tool-output.js'

/** Clients of a tool wait for a minute at most. What takes longer is asked about by another call. */
const WAIT_MS = 40_000

/** Waits a while for a job, and saves what it made. */
export async function checkJob(context: McpContext, id: string, given: AbortSignal): Promise<ToolOutput> {
  const over = new AbortController()
  try {
    const signal = AbortSignal.any([given, over.signal])
    const job = context.katana.jobs.resume(id, { billing: 'direct', signal })
    return await describeJob(context, job, given)
  } finally {
    over.abort()
  }
}

async function describeJob({ clock, files }: McpContext, job: Job, given: AbortSignal): Promise<ToolOutput> {
  const over = new AbortController()
  const late = clock.sleep(WAIT_MS, over.signal).then(
    () => false,
    () => false
  )
  const isDone = await Promise.race([job.result().then(() => true), late]).finally(() => over.abort())
  const { requestId } = job
  if (!isDone) return { job: requestId, status: job.state.status, next: 'check_job, in a while' }
  const folder = await files.prepare()
  const signal = AbortSignal.any([given, AbortSignal.timeout(WAIT_MS)])
  const saved = await job.save(folder, { existing: 'keep', signal })
  return { job: requestId, status: job.state.status, files: saved.map(({ path }) => path) }
}
