import { isBursarError } from '@bursar/core'
import type { Job } from '@bursar/generation/katana'
import type { Bursar } from 'bursar'
import type { Katana } from 'bursar/katana'
import type { ServiceCall } from './service-call.js'

/** What submits a job, or finds the one that was submitted under the name of the call. */
export async function submitOnce(
  { bursar, katana }: { readonly bursar: Pick<Bursar, 'find'>; readonly katana: Katana },
  { purchase, signal }: ServiceCall,
  submit: () => Promise<Job>
): Promise<Job> {
  try {
    return await submit()
  } catch (error) {
    // The purchase of this name was paid for before. The ledger knows its job.
    if (purchase === undefined || !isBursarError(error, 'purchase/already-settled')) throw error
    const job = (await bursar.find(purchase))?.job
    if (job === undefined) throw error
    return katana.jobs.resume(job, { billing: 'direct', signal })
  }
}
