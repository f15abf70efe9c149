import { bursarErrorOf, isBursarError, type Purchase } from '@bursar/core'
import type { GenerateOptions, Job } from '@bursar/generation/katana'
import type { Bursar } from 'bursar'
import type { Katana } from 'bursar/katana'
import type { OpenJob } from './pending-jobs.js'

/** A job that is bought once. */
export interface Submission {
  readonly open: OpenJob
  readonly submit: (call: GenerateOptions) => Promise<Job>
}

const billing = 'direct'

/** Submits a job under the name of its purchase, or resumes it when it was submitted before. */
export async function submitOnce(bursar: Bursar, katana: Katana, { open, submit }: Submission): Promise<Job> {
  const { purchase, job: known, model, verb } = open.pending
  if (known !== undefined) return katana.jobs.resume(known, { billing })
  const labels = { service: 'katana', model, verb }
  try {
    const job = await submit({ fetchOptions: { bursar: { purchase, labels } } })
    open.keepJob(job.requestId)
    return job
  } catch (error) {
    return resumeBought(katana, { open, error, bought: await bursar.find(purchase) })
  }
}

/** Whether a job will never make anything. */
export function isOver(error: unknown): boolean {
  if (isBursarError(error, 'job/failed') || isBursarError(error, 'job/rejected')) return true
  if (isBursarError(error, 'asset/expired')) return true
  const { status = 0 } = bursarErrorOf(error, 'service/refused')?.context ?? {}
  return status === 404 || status === 410
}

/** What an error says of the money is true of its call alone. The record knows what earlier calls did. */
function resumeBought(
  katana: Katana,
  {
    open,
    error,
    bought
  }: { readonly open: OpenJob; readonly error: unknown; readonly bought: Purchase | undefined }
): Job {
  if (isBursarError(error, 'purchase/already-settled')) {
    // The answer had arrived when the command was killed: the record may have the job.
    if (bought?.job !== undefined) return katana.jobs.resume(bought.job, { billing })
    open.forget()
  } else if (!bought || bought.state === 'released' || bought.state === 'dead') open.forget()
  throw error
}
