import { RequestProblem } from '@bursar/local-server'
import type { Bursar } from 'bursar'

/**
 * A job is told of to the agent that paid for it, as the ledger knows.
 *
 * @throws {RequestProblem} 404 for a job of another agent, and of nobody.
 */
export async function assertOwnJob(
  bursar: Pick<Bursar, 'history'>,
  agent: string,
  { job, kind = 'job' }: { readonly job: string; readonly kind?: 'job' | 'video' }
): Promise<void> {
  for await (const _ of bursar.history({ job, labels: { agent } })) return
  const message = `There is no ${kind} ${job} that was paid for with this token`
  throw new RequestProblem({ status: 404, code: 'not_found', message })
}
