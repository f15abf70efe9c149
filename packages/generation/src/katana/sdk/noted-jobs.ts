import type { Ledger, ServiceBursar } from '@bursar/core'
import { readJson } from '../../shared/sdk/translated/sdk-answer.js'
import type { FetchLike } from '../../shared/service/operation.js'
import { withBody } from '../../shared/wire/response-body.js'
import { noteAcceptedJob } from '../accepted-job.js'

/** Where Katana takes jobs. */
const JOBS_PATH = '/v1/generation-requests'

/** What jobs are noted with. */
export interface JobNotes {
  readonly bursar: Pick<ServiceBursar, 'receiptOf'>
  readonly ledger: Pick<Ledger, 'noteJob'>
  readonly origin: string
}

/** Writes down the jobs that are bought by Katana's own requests, as those that the client asks for are. */
export function withNotedJobs(fetch: FetchLike, { bursar, ledger, origin }: JobNotes): FetchLike {
  return async (url, init: RequestInit & { readonly bursar?: { readonly labels?: object } }) => {
    const response = await fetch(url, init)
    if (init.method !== 'POST' || !response.ok || !new URL(url).pathname.endsWith(JOBS_PATH)) return response
    const { text, object } = await readJson(response)
    await noteAcceptedJob(object, {
      noteJob: ledger.noteJob,
      purchase: bursar.receiptOf(response)?.purchase,
      origin,
      labels: { service: 'katana', billing: 'direct', ...init.bursar?.labels }
    })
    return withBody(response, text)
  }
}
