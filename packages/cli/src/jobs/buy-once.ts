import { bursarErrorOf, isBursarError, type Purchase } from '@bursar/core'
import type { BillingPath, GenerateOptions, Job } from '@bursar/generation/katana'
import type { Bursar } from 'bursar'
import type { Katana } from 'bursar/katana'
import { UsageError } from '../usage-error.js'
import type { OpenJob } from './pending-jobs.js'

/** A job that is bought once. */
export interface Submission {
  readonly open: OpenJob
  readonly billing: BillingPath
  readonly submit: (call: GenerateOptions) => Promise<Job>
}

/**
 * Submits a job under the name of its purchase, or resumes it when it was submitted before.
 *
 * @throws {UsageError} when an account or a balance may have been charged for it before.
 */
export async function submitOnce(bursar: Bursar, katana: Katana, submission: Submission): Promise<Job> {
  const { open, billing, submit } = submission
  const { purchase, job: known, model, verb } = open.pending
  if (known !== undefined) return katana.jobs.resume(known, { billing })
  if (open.isResumed && billing !== 'direct') throw mayHaveBeenCharged(open)
  const labels = { service: 'katana', model, verb }
  try {
    const job = await submit({ fetchOptions: { bursar: { purchase, labels } } })
    open.keepJob(job.requestId)
    return job
  } catch (error) {
    // Without the record nobody knows what became of it: the next run asks for it by its name.
    const found = await bursar.find(purchase).then(
      (bought) => ({ bought }),
      () => undefined
    )
    if (!found) throw error
    return resumeBought(katana, submission, { error, bought: found.bought })
  }
}

/** An account or a balance knows no names of purchases, so that what it was charged for is not had again under one. */
function mayHaveBeenCharged(open: OpenJob): UsageError {
  open.forget()
  return new UsageError(
    'The same command was cut off before the service answered, and may have been charged: see bursar history. Run it once more to buy it anew. Nothing was sent now'
  )
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
  { open, billing }: Submission,
  { error, bought }: { readonly error: unknown; readonly bought: Purchase | undefined }
): Job {
  if (isBursarError(error, 'purchase/already-settled')) {
    // The answer had arrived when the command was killed: the record may have the job.
    if (bought?.job !== undefined) return katana.jobs.resume(bought.job, { billing })
    open.forget()
  } else if (billing === 'direct' ? isUnpaid(bought) : !mayBeCharged(error)) open.forget()
  throw error
}

function isUnpaid(bought: Purchase | undefined): boolean {
  return !bought || bought.state === 'released' || bought.state === 'dead'
}

/**
 * Where the answer was lost, only the error says so: there is no name that the record could be asked by. One that is not ours
 * says nothing of the money. A balance that falls short was not charged, though it may have been topped up.
 */
function mayBeCharged(error: unknown): boolean {
  const { moneyState = 'unknown', code } = bursarErrorOf(error) ?? {}
  return moneyState !== 'none' && moneyState !== 'reserved' && code !== 'balance/insufficient'
}
