import { keepFirst } from '@bursar/fetch'
import {
  type BalanceUse,
  balanceUse,
  type GenerateOptions,
  type Job,
  unlistedModel,
  type WholeBody
} from '@bursar/generation/katana'
import type { CallRun } from '../calls/call-run.js'
import type { McpContext } from '../context.js'
import type { ToolOutput } from '../tool-output.js'
import { saveJob } from './save-job.js'

/** An image, as a model asks for it. */
export interface ImageToolRequest {
  readonly prompt: string
  readonly model: string
  readonly aspectRatio: string
}

/** A video, as a model asks for it. */
export interface VideoToolRequest extends ImageToolRequest {
  readonly durationSeconds: number
}

/** A text, as a model asks for it. */
export interface TextToolRequest {
  readonly prompt: string
  readonly system?: string | undefined
  readonly model: string
  readonly maxTokens: number
}

/** Generates an image. */
export async function generateImage(
  context: McpContext,
  { prompt, model, aspectRatio }: ImageToolRequest,
  run: CallRun
): Promise<ToolOutput> {
  const item = { model: unlistedModel(model), prompt, aspectRatio }
  return makeMedia(context, {
    run,
    model,
    submit: (options) => context.katana.images.generate(item, options)
  })
}

/** Generates a video. */
export async function generateVideo(
  context: McpContext,
  { prompt, model, aspectRatio, durationSeconds }: VideoToolRequest,
  run: CallRun
): Promise<ToolOutput> {
  const item = { model: unlistedModel(model), prompt, aspectRatio, durationSeconds }
  return makeMedia(context, {
    run,
    model,
    submit: (options) => context.katana.videos.generate(item, options)
  })
}

interface Making {
  readonly run: CallRun
  readonly model: string
  readonly submit: (options: GenerateOptions) => Promise<Job>
}

/** Buys a job, or goes on with the one that was bought, and saves what it makes. */
async function makeMedia(context: McpContext, { run, model, submit }: Making): Promise<ToolOutput> {
  const { signal } = run
  if (run.job !== undefined)
    return saveJob(context, context.katana.jobs.resume(run.job, { billing: 'direct', signal }))
  // A file that cannot be saved is not worth paying for.
  await context.files.prepare()
  const job = await keepFirst(async (answerKept) => {
    const submitted = await submit({ billing: 'direct', ...callOptions(run, model, answerKept) })
    await run.noteJob(submitted.requestId, submitted.state.status)
    return submitted
  })
  return saveJob(context, job)
}

/** Asks a model for text. */
export async function generateText(
  { katana, textBilling: billing = 'auto' }: McpContext,
  { prompt, system, model, maxTokens }: TextToolRequest,
  run: CallRun
): Promise<ToolOutput> {
  const instructions = system === undefined ? [] : [{ role: 'system', content: system } as const]
  const messages = [...instructions, { role: 'user', content: prompt } as const]
  const body: WholeBody = { model, messages, max_tokens: maxTokens }
  return keepFirst(async (answerKept) => {
    const options = { billing, ...callOptions(run, model, answerKept) }
    const completion = await katana.chat.completions.create(body, options)
    const fromBalance = balanceUse(completion)
    const [choice] = completion.choices
    const text = { text: choice?.message.content ?? '', finish: choice?.finish_reason ?? null }
    const output = { ...text, ...(fromBalance ? { prepaid: balanceWords(fromBalance) } : {}) }
    await run.keep(output)
    return output
  })
}

/** What a text cost for which no payment was made. */
function balanceWords({ paid, left }: BalanceUse): Readonly<Record<string, string>> {
  return {
    charged: paid === undefined ? 'unknown' : `${paid} USDC`,
    ...(left === undefined ? {} : { left: `${left} USDC` })
  }
}

/** If the server ends before the answer is kept, the same call resumes what was signed. */
function callOptions({ labels, signal }: CallRun, model: string, answerKept: Promise<void>) {
  const bursar = {
    labels: { ...labels, service: 'katana', model },
    tenant: labels.agent,
    // Another server of the same operator may have an equal call in flight.
    inFlight: 'join',
    answerKept
  }
  return { fetchOptions: { bursar }, signal }
}
