import { keepFirst } from '@bursar/fetch'
import type { GenerateOptions, Job } from '@bursar/generation/katana'
import type { CallRun } from '../calls/call-run.js'
import type { McpContext } from '../context.js'
import type { ToolOutput } from '../tool-output.js'
import { callOptions } from './call-options.js'
import { saveJob } from './save-job.js'

/** What is made, and how it is bought. */
export interface Making {
  readonly run: CallRun
  readonly model: string
  readonly submit: (options: GenerateOptions) => Promise<Job>
}

/** Buys a job, or goes on with the one that was bought, and saves what it makes. */
export async function makeMedia(context: McpContext, { run, model, submit }: Making): Promise<ToolOutput> {
  const { signal } = run
  if (run.job !== undefined)
    return saveJob(context, context.katana.jobs.resume(run.job, { billing: 'direct', signal }))
  // A file that may not be written is not worth paying for.
  return context.files.withRoom(async () => {
    const job = await keepFirst(async (answerKept) => {
      const submitted = await submit({ billing: 'direct', ...callOptions(run, model, answerKept) })
      await run.noteJob(submitted.requestId, submitted.state.status)
      return submitted
    })
    return saveJob(context, job)
  })
}
