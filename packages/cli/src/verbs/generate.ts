import { access, constants, mkdir } from 'node:fs/promises'
import { bursarErrorOf, isBursarError, type JsonObject, type Purchase, systemClock } from '@bursar/core'
import type { GenerateOptions, Job, SavedAsset } from '@bursar/generation/katana'
import type { Bursar } from 'bursar'
import { createKatana, type Katana } from 'bursar/katana'
import type { Io } from '../io.js'
import { type OpenJob, type PendingJob, PendingJobs } from '../pending-jobs.js'
import { type Place, placeOf, withBursar } from '../place.js'
import { preview } from '../preview.js'

/** What `image` and `video` are asked. */
export interface GenerateVerbOptions extends Place {
  readonly model: string
  readonly aspectRatio: string
  readonly duration?: string
  readonly output: string
  readonly maxAmount?: string
  readonly json?: boolean
}

/** Has a picture made by Katana, and saves it. */
export async function image(io: Io, prompt: string, options: GenerateVerbOptions): Promise<void> {
  const { model, aspectRatio } = options
  const item = { model, prompt, aspectRatio }
  await generate(io, 'image', item, options, (katana, call) =>
    katana.images.generate(item as Parameters<typeof katana.images.generate>[0], call)
  )
}

/** Has a film made by Katana, waits for it, and saves it. */
export async function video(io: Io, prompt: string, options: GenerateVerbOptions): Promise<void> {
  const { model, aspectRatio, duration = '5' } = options
  if (!/^\d{1,3}$/.test(duration)) throw new TypeError('--duration is in seconds, such as 5')
  const item = { model, prompt, aspectRatio, durationSeconds: Number(duration) }
  await generate(io, 'video', item, options, (katana, call) =>
    katana.videos.generate(item as Parameters<typeof katana.videos.generate>[0], call)
  )
}

type Submit = (katana: Katana, call: GenerateOptions) => Promise<Job>

/** Pays once, whatever happens to this command: the same command, run again, goes on where it was. */
async function generate(
  io: Io,
  verb: string,
  item: JsonObject & { readonly model: string; readonly prompt: string },
  options: GenerateVerbOptions,
  submit: Submit
): Promise<void> {
  const { url, output, maxAmount, json } = options
  const place = placeOf(io, 'katana', url)
  await withBursar(io, maxAmount, async (bursar) => {
    await mkdir(output, { recursive: true })
    await access(output, constants.W_OK)
    const { model, prompt } = item
    const asked = { ...item, verb, ...place }
    const open = new PendingJobs(io.env).take(asked, { verb, model, prompt }, systemClock.nowMs())
    if (open.isResumed) io.tell('A command that asked for the same was cut off: going on where it was.\n')
    try {
      const katana = createKatana(bursar, { ...place, billing: 'direct' })
      const job = await submitOnce(bursar, katana, open, submit)
      io.tell(`Job ${job.requestId} is paid for; waiting.\n`)
      const saved = await save(io, job, open, output)
      show(io, job.requestId, saved, json)
    } finally {
      open.left()
    }
  })
}

/** Waits for a job, and saves what it made. One that will never make anything is forgotten: the same command buys anew. */
async function save(io: Io, job: Job, open: OpenJob, output: string): Promise<readonly SavedAsset[]> {
  try {
    for await (const { status } of job) io.tell(`${status}\n`)
    const saved = await job.save(output, { existing: 'keep' })
    open.saved()
    return saved
  } catch (error) {
    if (isOver(error)) open.saved()
    throw error
  }
}

async function submitOnce(bursar: Bursar, katana: Katana, open: OpenJob, submit: Submit): Promise<Job> {
  const { purchase, job: known, model, verb } = open.pending
  if (known !== undefined) return katana.jobs.resume(known, { billing: 'direct' })
  const labels = { service: 'katana', model, verb }
  try {
    const job = await submit(katana, { fetchOptions: { bursar: { purchase, labels } } })
    open.named(job.requestId)
    return job
  } catch (error) {
    // What this call says of the money is not what an earlier one did: the record knows.
    const bought = await purchaseOf(bursar, open.pending)
    if (isBursarError(error, 'purchase/already-settled')) {
      // Its answer had come when the command was killed: the record may have the job's name.
      if (bought?.job !== undefined) return katana.jobs.resume(bought.job, { billing: 'direct' })
      open.saved()
    } else if (!bought || bought.state === 'released' || bought.state === 'dead') open.saved()
    throw error
  }
}

async function purchaseOf(
  bursar: Bursar,
  { purchase, startedAtMs }: Pick<PendingJob, 'purchase' | 'startedAtMs'>
): Promise<Purchase | undefined> {
  for await (const each of bursar.history({ fromMs: startedAtMs - MINUTE_MS }))
    if (each.name === purchase) return each
  return undefined
}

/** Clocks may be set back a little. */
const MINUTE_MS = 60_000

/** What a job that will never make anything ends with. */
function isOver(error: unknown): boolean {
  if (isBursarError(error, 'job/failed') || isBursarError(error, 'job/rejected')) return true
  if (isBursarError(error, 'asset/expired')) return true
  return [404, 410].includes(bursarErrorOf(error, 'service/refused')?.context.status ?? 0)
}

function show(io: Io, job: string, saved: readonly SavedAsset[], json: boolean | undefined): void {
  const files = saved.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }))
  if (json) io.out(`${JSON.stringify({ job, files })}\n`)
  for (const { path } of json ? [] : files) {
    preview(io, path)
    io.out(`${path}\n`)
  }
}
