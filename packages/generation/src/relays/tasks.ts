import { type Job, type WatchOptions, watchJob } from '../shared/job/job.js'
import type { JobState } from '../shared/job/job-state.js'
import type { Operation } from '../shared/service/operation.js'
import { isTaskId } from './new-api.js'
import type { VideoShape } from './service.js'
import { type Named, posting, type RelaySession, shapeFor } from './session.js'

const FILM_TIMEOUT_MS = 3_600_000

/**
 * Has a film made, which the service takes as a task.
 *
 * @throws {BursarError} `request/invalid`, `price/unknown`, `offer/*`, `service/*`, `ledger/*`
 */
export async function makeFilm<Item extends Named>(
  session: RelaySession,
  shapes: readonly VideoShape<Item>[],
  item: Item,
  watching: WatchOptions
): Promise<Job> {
  const { connection } = session
  const shape = shapeFor(session, shapes, item)
  const { signal } = watching
  const operation = posting(session, 'videos.generate', shape.request(item), signal ? { signal } : {})
  const { body: answer, response } = await connection.read(operation)
  const id = shape.taskId(answer)
  if (!isTaskId(id)) throw connection.malformed(operation, response, 'no task id')
  const state: JobState = { requestId: id, status: 'queued', isDone: false, items: [] }
  return watchTask(session, state, { ...watching, moneyState: 'settled' })
}

/** Takes a film up. @throws {TypeError} when the id is none. */
export function resumeFilm(session: RelaySession, taskId: string, watching: WatchOptions): Job {
  if (!isTaskId(taskId)) throw new TypeError('taskId must be 1 to 128 letters, digits, - or _')
  const unheard: JobState = { requestId: taskId, status: 'unknown', isDone: false, items: [] }
  return watchTask(session, unheard, { ...watching, isUnheard: true })
}

/** Watches a task, or what is done already. */
export function watchTask(
  session: RelaySession,
  state: JobState,
  more: WatchOptions & { readonly moneyState?: 'settled'; readonly isUnheard?: boolean }
): Job {
  const { baseUrl, assetFetch, clock, random } = session
  const { timeoutMs = FILM_TIMEOUT_MS, ...rest } = more
  return watchJob(state, {
    ...rest,
    timeoutMs,
    clock,
    random,
    read: (question) => readTask(session, question.requestId, question.timeoutMs, question.signal),
    save: async (result, folder, save) =>
      (await import('#disk')).disk.saveAssets(result, folder, save, {
        service: baseUrl,
        fetch: assetFetch,
        clock,
        random
      })
  })
}

async function readTask(
  { service, connection, clock }: RelaySession,
  id: string,
  timeoutMs: number,
  signal: AbortSignal | undefined
): Promise<JobState> {
  const operation: Operation = {
    name: 'jobs.read',
    method: 'GET',
    path: service.apiPath + service.tasks.path(id),
    money: 'settled',
    requestId: id,
    timeoutMs,
    ...(signal ? { signal } : {})
  }
  const { body, response } = await connection.read(operation)
  const state = service.tasks.read(body, id)
  if (!state) throw connection.malformed(operation, response, 'no status')
  const expiresAtMs = clock.nowMs() + service.assetLifeMs
  const items = state.items.map((item) => ({
    ...item,
    assets: item.assets.map((asset) => ({ ...asset, expiresAtMs }))
  }))
  return { ...state, items }
}
