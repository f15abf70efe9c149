import type { CallIdentity } from '../calls/call-key.js'
import type { RunTool } from '../calls/call-run.js'
import type { OpenCall } from '../calls/open-call.js'
import type { ToolsContext } from '../context.js'
import { failureText } from '../failure-text.js'
import { reportOn } from '../run-spending.js'
import { resultOf, type ToolOutput, type ToolResult } from '../tool-output.js'
import { showPictures } from './show-pictures.js'
import type { ToolCall } from './tool-call.js'
import { waitFor } from './wait-for.js'

/** What a call of a tool that spends is to do. */
export interface SpendingCall extends Omit<CallIdentity, 'agent'> {
  readonly run: RunTool
  /** Whether the job is the answer, since it takes minutes. Default: the result is waited for. */
  readonly answersWithJob?: boolean
}

/** Answers a call of a tool that spends: with its result, or, when that takes longer than hosts wait, with how to ask for it. */
export async function answerSpending(
  context: ToolsContext,
  call: ToolCall,
  planned: SpendingCall | Promise<SpendingCall>
): Promise<ToolResult> {
  try {
    const { tool, request, run, answersWithJob = false } = await planned
    const { confirmation, agent } = context
    const asking: RunTool = (own) =>
      confirmation ? confirmation.during(call.askPerson, () => run(own)) : run(own)
    const open = await context.calls.begin({ agent, tool, request }, asking)
    return await answerOpen(context, call, { open, answersWithJob })
  } catch (error) {
    return resultOf({ failure: failureText(error) })
  }
}

/** Answers with the result of a call that is under way, or has ended. */
export async function answerOpen(
  context: ToolsContext,
  call: ToolCall,
  { open, answersWithJob }: { readonly open: OpenCall; readonly answersWithJob: boolean }
): Promise<ToolResult> {
  const { calls, clock, deliveries } = context
  const waited = answersWithJob ? open.hasJob : open.ended
  const outcome = await waitFor(waited, { call, clock, what: open.record().tool })
  if (!outcome) return resultOf({ output: await describeOpen(context, open, answersWithJob) })
  const result = await showPictures(context, call.client, resultOf(outcome))
  calls.deliver(open.record(), deliveries.expect(call.id, call.signal))
  return result
}

/** What is known of a call that has not ended. */
async function describeOpen(
  context: ToolsContext,
  open: OpenCall,
  takesMinutes: boolean
): Promise<ToolOutput> {
  const report = await reportOn(context, open.record()).catch(() => undefined)
  const { id, job = id, status = 'running' } = open.record()
  return {
    job,
    status,
    next: takesMinutes ? 'check_job, in a minute or so' : 'check_job, in a while',
    ...report
  }
}
