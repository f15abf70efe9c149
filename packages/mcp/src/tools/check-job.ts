import type { Job } from '@bursar/generation/katana'
import type { CallRecord } from '../calls/call-record.js'
import type { CallRun } from '../calls/call-run.js'
import type { ToolsContext } from '../context.js'
import { failureText } from '../failure-text.js'
import { answerOpen } from '../host/answer-call.js'
import { showPictures } from '../host/show-pictures.js'
import type { ToolCall } from '../host/tool-call.js'
import { waitFor } from '../host/wait-for.js'
import { rejectArgument } from '../reject-argument.js'
import { boughtBy } from '../run-spending.js'
import { resultOf, type ToolOutput, type ToolResult, toResult } from '../tool-output.js'
import { saveJob } from './save-job.js'

/** Says how a job or a call stands, waits a while for it, and saves what it made. */
export async function checkJob(context: ToolsContext, call: ToolCall, name: string): Promise<ToolResult> {
  try {
    const found = await context.calls.find(context.agent, name)
    if (!found)
      return await showPictures(context, call.client, await toResult(checkUnknown(context, call, name)))
    const open = found.open ?? (await resumed(context, found.record))
    return open
      ? await answerOpen(context, call, { open, answersWithJob: false })
      : resultOf({ output: interrupted(found.record) })
  } catch (error) {
    return resultOf({ failure: failureText(error) })
  }
}

/** Goes on with a call that an earlier server began, if it has bought a job. */
async function resumed(context: ToolsContext, record: CallRecord) {
  const job = record.job ?? (await boughtBy(context, record)).job
  if (job === undefined) return undefined
  const run = ({ signal }: CallRun): Promise<ToolOutput> => saveJob(context, resumeJob(context, job, signal))
  return context.calls.resume(record, context.agent, run)
}

function interrupted({ id, tool }: CallRecord): ToolOutput {
  return {
    job: id,
    status: 'interrupted',
    next: `${tool} with the same arguments: it goes on with what was begun and does not pay twice`
  }
}

/** Looks at a job that no call of a tool bought, such as one of the command. */
async function checkUnknown(context: ToolsContext, call: ToolCall, id: string): Promise<ToolOutput> {
  await assertNoOther(context, id)
  const over = new AbortController()
  try {
    const job = resumeJob(context, id, AbortSignal.any([call.signal, over.signal]))
    const output = await waitFor(saveJob(context, job), { call, clock: context.clock, what: 'check_job' })
    return output ?? { job: id, status: job.state.status, next: 'check_job, in a while' }
  } finally {
    over.abort()
  }
}

/** What an agent has bought is not another's. @throws {BursarError} `request/invalid` */
async function assertNoOther({ ledger, agent }: ToolsContext, job: string): Promise<void> {
  for await (const { labels } of ledger.history({ job }))
    if (labels.agent !== undefined && labels.agent !== agent)
      throw rejectArgument({
        field: 'job',
        rule: 'own',
        what: 'is no job of this agent',
        allowed: 'what its own calls answered with'
      })
}

function resumeJob({ katana }: ToolsContext, id: string, signal: AbortSignal): Job {
  return katana.jobs.resume(id, { billing: 'direct', signal })
}
