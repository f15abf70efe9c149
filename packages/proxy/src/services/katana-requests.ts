import { parseJsonObject } from '@bursar/core'
import { noteAcceptedJob } from '@bursar/generation/carriers'
import { callOptions } from './call-options.js'
import type { KatanaPayer } from './katana-payer.js'
import { assertOwnJob } from './own-job.js'
import type { ProxyService } from './proxy-service.js'
import { readAnswer } from './read-answer.js'
import type { ServiceCall } from './service-call.js'
import { problemFrom } from './service-problem.js'

const GENERATION = '/generation-requests'
/** Where the state of a job is asked for. A job of another name has no such place. */
const JOB = /^\/generation-requests\/([\w-]{1,128})$/

/** What these requests need of it. */
type RequestPayer = Pick<KatanaPayer, 'agent' | 'bursar' | 'noteJob'> & {
  readonly katana: Pick<KatanaPayer['katana'], 'origin'>
}

/** Katana's own requests for jobs, for programs in any language. The state of a job is free to ask after. */
export function katanaRequests(payer: RequestPayer): Pick<ProxyService, 'forward' | 'poll'> {
  return {
    forward: async (path, { bytes }, call) => (path === GENERATION ? submit(payer, bytes, call) : undefined),
    poll(path, signal) {
      const [, job] = JOB.exec(path) ?? []
      return job === undefined ? undefined : poll(payer, job, signal)
    }
  }
}

/** Buys a job by Katana's own request, as it was sent. @throws {BursarError} `job/unrecorded` */
async function submit(
  { bursar, katana: { origin }, noteJob }: RequestPayer,
  body: Uint8Array<ArrayBuffer>,
  call: ServiceCall
): Promise<Response> {
  const { fetchOptions, signal } = callOptions(call, 'generation-requests')
  const response = await bursar.fetch(`${origin}/v1${GENERATION}?wait=false`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal,
    ...fetchOptions
  })
  if (!response.ok) throw await problemFrom(response)
  const { status, headers } = response
  const text = await readAnswer(response)
  await noteAcceptedJob(parseJsonObject(text), {
    noteJob,
    purchase: bursar.receiptOf(response)?.purchase,
    origin,
    labels: fetchOptions.bursar.labels
  })
  return new Response(text, { status, headers })
}

async function poll(
  { bursar, katana, agent }: RequestPayer,
  job: string,
  signal: AbortSignal
): Promise<Response> {
  await assertOwnJob(bursar, agent, { job, origin: katana.origin })
  return fetch(`${katana.origin}/v1${GENERATION}/${job}`, { signal, redirect: 'error' })
}
