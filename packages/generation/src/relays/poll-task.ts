import type { Job, WatchOptions } from '../shared/job/job.js'
import type { JobState } from '../shared/job/job-state.js'
import type { PollRequest } from '../shared/job/poll.js'
import { type PollingContext, pollJob } from '../shared/job/polled-job.js'
import { defined } from '../shared/wire/defined.js'
import type { RelaySession } from './relay-session.js'

const VIDEO_TIMEOUT_MS = 3_600_000

/** Polls a task that was paid for, or hands out one that is done. */
export function pollTask(session: RelaySession, state: JobState, watch: WatchOptions): Job {
  return pollJob(state, { ...taskPolling(session, watch), moneyState: 'settled' })
}

/** What tasks of a service are polled with. */
export function taskPolling(session: RelaySession, watch: WatchOptions): PollingContext {
  const { clock, random, save } = session
  const { timeoutMs = VIDEO_TIMEOUT_MS } = watch
  return { ...watch, timeoutMs, clock, random, save, read: (request) => readTask(session, request) }
}

async function readTask(
  { service, connection, clock }: RelaySession,
  request: PollRequest
): Promise<JobState> {
  const { requestId, timeoutMs, signal } = request
  const answer = await connection.read({
    name: 'jobs.poll',
    method: 'GET',
    path: service.apiPath + service.tasks.path(requestId),
    money: 'settled',
    requestId,
    timeoutMs,
    ...defined({ signal })
  })
  const state = service.tasks.read(answer.body, requestId)
  if (!state) throw connection.malformed(answer, 'no status')
  const expiresAtMs = clock.nowMs() + service.assetLifeMs
  const items = state.items.map((item) => ({
    ...item,
    assets: item.assets.map((asset) => ({ ...asset, expiresAtMs }))
  }))
  return { ...state, items, raw: answer.body }
}
