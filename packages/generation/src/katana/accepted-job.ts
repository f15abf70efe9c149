import { BursarError, type JobNote, type JsonObject, type Ledger } from '@bursar/core'
import { isRequestId } from './wire/generation-job.js'

/** How a job is written down. */
interface JobNoting extends Omit<JobNote, 'job'> {
  readonly noteJob: Ledger['noteJob']
}

/**
 * Writes down the job that Katana's answer to a request of its own says it has accepted. It is paid for by now, whatever the ledger
 * says of itself. What names no job, or one that nobody could ask after, is left out.
 *
 * @throws {BursarError} `job/unrecorded`
 */
export async function noteAcceptedJob(
  answer: JsonObject | undefined,
  { noteJob, ...note }: JobNoting
): Promise<void> {
  const requestId = answer?.request_id
  if (!isRequestId(requestId)) return
  try {
    await noteJob({ job: requestId, ...note })
  } catch (cause) {
    throw new BursarError('job/unrecorded', {
      message: `Job ${requestId} is paid for and accepted, and the ledger could not keep its id. Keep it.`,
      context: { requestId },
      moneyState: 'settled',
      cause
    })
  }
}
