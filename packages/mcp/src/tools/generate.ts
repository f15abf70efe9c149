import type { Job } from '@bursar/generation/katana'
import type { McpContext } from '../context.js'
import { spending } from '../spend-report.js'
import type { Facts } from '../tool-result.js'

/** A client of a tool waits a minute at most, so that what takes longer is asked about by another tool. */
const WAIT_MS = 40_000

interface ImageAsked {
  readonly prompt: string
  readonly model: string
  readonly aspectRatio: string
}

/** Has a picture made, and waits a while for it. */
export async function generateImage(
  context: McpContext,
  asked: ImageAsked,
  signal: AbortSignal
): Promise<Facts> {
  const { katana } = context
  return spending(context, async (labels) => {
    const item = asked as Parameters<typeof katana.images.generate>[0]
    const { requestId } = await katana.images.generate(item, callWith(labels, asked.model, signal))
    return checkJob(context, requestId)
  })
}

/** Begins a film, which takes minutes. */
export async function generateVideo(
  context: McpContext,
  asked: ImageAsked & { readonly durationSeconds: number },
  signal: AbortSignal
): Promise<Facts> {
  const { katana } = context
  return spending(context, async (labels) => {
    const item = asked as Parameters<typeof katana.videos.generate>[0]
    const { requestId, state } = await katana.videos.generate(item, callWith(labels, asked.model, signal))
    return { job: requestId, status: state.status, next: 'check_job, in a minute or so' }
  })
}

/** Asks a model for text. */
export async function generateText(
  context: McpContext,
  asked: { prompt: string; system?: string | undefined; model: string; maxTokens: number },
  signal: AbortSignal
): Promise<Facts> {
  return spending(context, async (labels) => {
    const { prompt, system, model, maxTokens } = asked
    const messages = [
      ...(system === undefined ? [] : [{ role: 'system', content: system } as const]),
      { role: 'user', content: prompt } as const
    ]
    const body = { model, messages, max_tokens: maxTokens }
    const { choices } = await context.katana.chat.completions.create(body, callWith(labels, model, signal))
    const [choice] = choices
    return { text: choice?.message.content ?? '', finish: choice?.finish_reason ?? null }
  })
}

/** Looks at a job, and saves what it made. */
export async function checkJob(context: McpContext, id: string): Promise<Facts> {
  const over = new AbortController()
  try {
    return await progress(context, context.katana.jobs.resume(id, { billing: 'direct', signal: over.signal }))
  } finally {
    over.abort()
  }
}

/** What was made, if it is made in time; how it stands otherwise. */
async function progress({ clock, folder }: McpContext, job: Job): Promise<Facts> {
  const over = new AbortController()
  const late = clock.sleep(WAIT_MS, over.signal).then(
    () => false,
    () => false
  )
  const made = await Promise.race([job.result().then(() => true), late]).finally(() => over.abort())
  const { requestId, state } = job
  if (!made) return { job: requestId, status: state.status, next: 'check_job, in a while' }
  const saved = await job.save(folder, { existing: 'keep', signal: AbortSignal.timeout(WAIT_MS) })
  return { job: requestId, status: job.state.status, files: saved.map(({ path }) => path) }
}

/** A client that no longer waits ends the call: the same again then takes up what was signed. */
function callWith(labels: Readonly<Record<string, string>>, model: string, signal: AbortSignal) {
  const about = { ...labels, service: 'katana', model }
  return { billing: 'direct', fetchOptions: { bursar: { labels: about, tenant: 'mcp' } }, signal } as const
}
