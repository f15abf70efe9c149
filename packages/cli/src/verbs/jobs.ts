import { bursarErrorOf } from '@bursar/core'
import type { BillingPath } from '@bursar/generation/katana'
import { serviceEndpoint } from '../accounts/service-endpoint.js'
import { withReadingLedger } from '../accounts/with-ledger.js'
import type { CommandContext } from '../context.js'
import { saveFiles } from '../files/save-job.js'
import { noteSaved } from '../files/saved-files.js'
import type { PendingJob } from '../jobs/pending-job.js'
import { PendingJobs } from '../jobs/pending-jobs.js'
import { daysAgo } from '../options/history-query.js'
import { timeColumn } from '../text/purchase-columns.js'
import { type Column, table } from '../text/table.js'
import type { TimeZoned } from '../text/time-text.js'
import { checkUsage, UsageError } from '../usage-error.js'

/** A job in the list. */
interface JobRow {
  readonly job: string | null
  readonly model: string
  /** RFC 3339. */
  readonly at: string
  readonly state: string
  readonly prompt: string
}

/** Lists jobs: those that a command was cut off from, and those that the record knows of the last days. */
export async function listJobs(
  context: CommandContext,
  { days, json }: { readonly days: number; readonly json?: boolean }
): Promise<void> {
  const pending = new PendingJobs(context.env).list()
  const bought = await boughtJobs(context, daysAgo(days))
  const unsaved = new Set(pending.map(({ job }) => job))
  const rows = [...pending.map(pendingRow), ...bought.filter(({ job }) => !unsaved.has(job ?? undefined))]
  if (json) return context.out(`${JSON.stringify({ jobs: rows })}\n`)
  if (rows.length === 0) return context.out('There are no jobs.\n')
  context.out(table(context, jobColumns(context), rows))
}

/** An id is whole: `bursar jobs resume` takes it. */
function jobColumns(zone: TimeZoned): readonly Column<JobRow>[] {
  return [
    timeColumn(zone, ({ at }) => Date.parse(at)),
    { header: 'Job', cell: ({ job }) => job ?? '-' },
    { header: 'Model', cell: ({ model }) => model, shrink: { order: 2, min: 8 }, leaveOut: 2 },
    { header: 'State', cell: ({ state }) => state },
    { header: 'Prompt', cell: ({ prompt }) => prompt, shrink: { order: 1, min: 12 }, leaveOut: 3 }
  ]
}

/** The options of `jobs resume`. */
export interface ResumeJobOptions {
  readonly url?: string
  readonly output: string
  readonly json?: boolean
}

/** Resumes a job of Katana, whichever command began it and whatever paid for it, and saves what it made. */
export async function resumeJob(
  context: CommandContext,
  id: string,
  { url, output, json }: ResumeJobOptions
): Promise<void> {
  const { createKatanaClient } = await import('@bursar/generation/katana')
  const { KATANA_API_KEY: apiKey } = context.env
  const options = { ...serviceEndpoint(context.env, 'katana', url), ...(apiKey ? { apiKey } : {}) }
  const { jobs } = checkUsage(() => createKatanaClient(options))
  const resume = (billing: BillingPath) =>
    saveFiles(
      checkUsage(() => jobs.resume(id, { billing })),
      output
    )
  const saved = await resume('direct')
    // A job that an account was billed for is shown to its key alone.
    .catch((error: unknown) => (apiKey && hasStatus(error, 401, 404) ? resume('key') : Promise.reject(error)))
    .catch((error: unknown) => throwUnknownJob(error, id))
  await noteSaved(context.env, id, saved)
  new PendingJobs(context.env).forget(id)
  const files = saved.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }))
  if (json) context.out(`${JSON.stringify({ job: id, files })}\n`)
  else context.out(files.map(({ path }) => `${path}\n`).join(''))
}

function pendingRow({ job, verb, model, prompt, startedAtMs }: PendingJob): JobRow {
  const state = job === undefined ? `cut off: bursar ${verb} again` : 'not saved'
  return { job: job ?? null, model, at: new Date(startedAtMs).toISOString(), state, prompt }
}

function boughtJobs(context: CommandContext, fromMs: number): Promise<readonly JobRow[]> {
  return withReadingLedger(context, async (ledger) => {
    const rows: JobRow[] = []
    for await (const { job, labels, notedAtMs } of ledger.jobs({ fromMs })) {
      const at = new Date(notedAtMs).toISOString()
      rows.push({ job, model: labels.model ?? '', at, state: 'bought', prompt: '' })
    }
    return rows
  })
}

function hasStatus(error: unknown, ...statuses: readonly number[]): boolean {
  const { status = 0 } = bursarErrorOf(error, 'service/refused')?.context ?? {}
  return statuses.includes(status)
}

function throwUnknownJob(error: unknown, id: string): never {
  if (!hasStatus(error, 404)) throw error
  throw new UsageError(`The service knows no job ${id}. bursar jobs lists those that were bought`)
}
