import { type BalanceUse, balanceUse, unlistedModel, type WholeBody } from '@bursar/generation/katana'
import type { McpContext, ToolsContext } from '../context.js'
import { type CallLabels, runSpending } from '../run-spending.js'
import type { ToolOutput } from '../tool-output.js'
import { checkJob } from './check-job.js'

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

/** Generates an image, and waits a while for it. */
export async function generateImage(
  context: McpContext,
  { prompt, model, aspectRatio }: ImageToolRequest,
  signal: AbortSignal
): Promise<ToolOutput> {
  return runSpending(context, async (labels) => {
    const item = { model: unlistedModel(model), prompt, aspectRatio }
    const call = callOptions(labels, model, signal)
    const { requestId } = await context.katana.images.generate(item, call)
    return checkJob(context, requestId, signal)
  })
}

/** Begins a video, which takes minutes. */
export async function generateVideo(
  context: McpContext,
  { prompt, model, aspectRatio, durationSeconds }: VideoToolRequest,
  signal: AbortSignal
): Promise<ToolOutput> {
  return runSpending(context, async (labels) => {
    const item = { model: unlistedModel(model), prompt, aspectRatio, durationSeconds }
    const call = callOptions(labels, model, signal)
    const { requestId, state } = await context.katana.videos.generate(item, call)
    return { job: requestId, status: state.status, next: 'check_job, in a minute or so' }
  })
}

/** Asks a model for text. */
export async function generateText(
  context: ToolsContext,
  { prompt, system, model, maxTokens }: TextToolRequest,
  signal: AbortSignal
): Promise<ToolOutput> {
  const instructions = system === undefined ? [] : [{ role: 'system', content: system } as const]
  const messages = [...instructions, { role: 'user', content: prompt } as const]
  const body = { model, messages, max_tokens: maxTokens }
  return runSpending(context, (labels) => {
    const complete = (shared: AbortSignal) => completeText(context, body, callOptions(labels, model, shared))
    return context.texts.join(JSON.stringify(body), complete, signal)
  })
}

async function completeText(
  { katana, textBilling: billing = 'auto' }: McpContext,
  body: WholeBody,
  call: ReturnType<typeof callOptions>
): Promise<ToolOutput> {
  const completion = await katana.chat.completions.create(body, { ...call, billing })
  const fromBalance = balanceUse(completion)
  const [choice] = completion.choices
  const text = { text: choice?.message.content ?? '', finish: choice?.finish_reason ?? null }
  return { ...text, ...(fromBalance ? { prepaid: balanceWords(fromBalance) } : {}) }
}

/** What a text cost for which no payment was made. */
function balanceWords({ paid, left }: BalanceUse): Readonly<Record<string, string>> {
  return {
    charged: paid === undefined ? 'unknown' : `${paid} USDC`,
    ...(left === undefined ? {} : { left: `${left} USDC` })
  }
}

/** A client that no longer waits aborts the call. The same call again then resumes what was signed. */
function callOptions(labels: CallLabels, model: string, signal: AbortSignal) {
  // Agents' hosts repeat calls that are in flight.
  const bursar = { labels: { ...labels, service: 'katana', model }, tenant: 'mcp', inFlight: 'join' }
  return { billing: 'direct', fetchOptions: { bursar }, signal } as const
}
