import { type JsonObject, systemClock } from '@bursar/core'
import type { BillingPath, GenerateOptions, Job, SavedAsset } from '@bursar/generation/katana'
import { createKatana, type Katana } from 'bursar/katana'
import { chooseBalanceNetwork } from '../accounts/balance-network.js'
import { katanaKey } from '../accounts/katana-key.js'
import { noteCharge } from '../accounts/note-charge.js'
import { reportPayments, withPayingBursar } from '../accounts/open-accounts.js'
import { serviceEndpoint } from '../accounts/service-endpoint.js'
import type { CommandContext } from '../context.js'
import { assertFolder } from '../files/assert-folder.js'
import { saveFiles } from '../files/save-job.js'
import { noteSaved } from '../files/saved-files.js'
import { isOver, submitOnce } from '../jobs/buy-once.js'
import { type OpenJob, PendingJobs } from '../jobs/pending-jobs.js'
import { preview } from '../text/preview.js'

/** The options that `image` and `video` share. */
export interface GenerationVerbOptions {
  readonly model: string
  readonly output: string
  readonly billing: BillingPath
  readonly url?: string
  readonly maxAmount?: string
  readonly json?: boolean
}

/** Submits what a command has described. */
export type SubmitItem = (katana: Katana, call: GenerateOptions) => Promise<Job>

/** What is generated, and how it is submitted. */
interface Generation {
  readonly verb: 'image' | 'video'
  readonly item: JsonObject & { readonly model: string; readonly prompt: string }
  readonly submit: SubmitItem
}

/** Pays once, whatever happens to this command: the same command, run again, goes on where this one was. */
export async function generate(
  context: CommandContext,
  options: GenerationVerbOptions,
  { verb, item, submit }: Generation
): Promise<void> {
  const { billing } = options
  const endpoint = serviceEndpoint(context.env, 'katana', options.url)
  const key = katanaKey(context.env, billing)
  await withPayingBursar(context, options, async (bursar) => {
    reportPayments(context, bursar)
    await assertFolder(options.output)
    const network = billing === 'wallet' ? await chooseBalanceNetwork(bursar, endpoint) : undefined
    const katana = createKatana(bursar, { ...endpoint, ...key, billing, network })
    // A job is noted last of all: what fails before it has bought nothing, and the next command must not go on with it.
    const open = openJob(context, { ...item, verb, billing, ...endpoint }, { verb, ...item })
    try {
      noteCharge(context.progress, billing)
      const job = await submitOnce(bursar, katana, { open, billing, submit: (call) => submit(katana, call) })
      context.progress.moneyAtStake = 'job'
      context.err(`Job ${job.requestId} is paid for. Waiting for it.\n`)
      showSaved(context, job.requestId, await saveJob(context, { job, open, options }), options)
    } finally {
      open.close()
    }
  })
}

function openJob(
  { env, err }: CommandContext,
  identity: JsonObject,
  { verb, model, prompt }: { readonly verb: string; readonly model: string; readonly prompt: string }
): OpenJob {
  const request = { identity, about: { verb, model, prompt }, nowMs: systemClock.nowMs() }
  const open = new PendingJobs(env).open(request)
  if (open.isResumed) err('The same command was cut off before: going on where it was.\n')
  return open
}

/** Waits for a job and saves what it made. A job that will never make anything is forgotten: the command buys again then. */
async function saveJob(
  { env, err }: CommandContext,
  {
    job,
    open,
    options
  }: { readonly job: Job; readonly open: OpenJob; readonly options: GenerationVerbOptions }
): Promise<readonly SavedAsset[]> {
  try {
    for await (const { status } of job) err(`${status}\n`)
    const saved = await saveFiles(job, options.output)
    await noteSaved(env, job.requestId, saved)
    open.forget()
    return saved
  } catch (error) {
    if (isOver(error)) open.forget()
    throw error
  }
}

function showSaved(
  context: CommandContext,
  job: string,
  saved: readonly SavedAsset[],
  { json }: GenerationVerbOptions
): void {
  const files = saved.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }))
  if (json) context.out(`${JSON.stringify({ job, files })}\n`)
  for (const { path } of json ? [] : files) {
    preview(context, path)
    context.out(`${path}\n`)
  }
}
