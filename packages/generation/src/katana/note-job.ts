import type { Ledger } from '@bursar/core'
import type { Submission } from './submission.js'

/** Writes a job's id down: with the purchase that it was bought by, or, where a balance paid, by itself. */
export function noteJob(
  ledger: Ledger,
  origin: string,
  { purchase, requestId, service, model, billing, billedBecause }: Submission
): Promise<void> {
  const labels = { service, model, billing, billedBecause }
  return ledger.noteJob({ job: requestId, purchase, origin, labels })
}
