import { RequestProblem } from '@bursar/local-server'
import type { Bursar } from 'bursar'

/** A job that an agent asks after. */
interface OwnJob {
  readonly job: string
  /** The service's: another may have a job of the same name. */
  readonly origin: string
  readonly kind?: 'job' | 'video'
}

/**
 * A job is told of to the agent that paid for it, as the ledger knows.
 *
 * @throws {RequestProblem} 404 for a job of another agent, and of nobody.
 */
export async function assertOwnJob(
  bursar: Pick<Bursar, 'history'>,
  agent: string,
  { job, origin, kind = 'job' }: OwnJob
): Promise<void> {
  const { host } = new URL(origin)
  for await (const _ of bursar.history({ job, host, labels: { agent } })) return
  const message = `There is no ${kind} ${job} that was paid for with this token`
  throw new RequestProblem({ status: 404, code: 'not_found', message })
}
