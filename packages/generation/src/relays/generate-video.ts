import { checkOptions } from '@bursar/core'
import type { Job, WatchOptions } from '../shared/job/job.js'
import { resumeJob } from '../shared/job/polled-job.js'
import { watchChecks } from '../shared/job/watch-checks.js'
import type { ModelItem, VideoFamily } from './model-family.js'
import { familyOf, planRequest } from './plan-request.js'
import { pollTask, taskPolling } from './poll-task.js'
import type { RelaySession } from './relay-session.js'
import { isTaskId, taskIdOf } from './wire/task.js'

/** A video to be made. */
export interface VideoOrder<Item> {
  readonly families: readonly VideoFamily<Item>[]
  readonly item: Item
  readonly watch?: WatchOptions | undefined
}

/**
 * Has a video made, which the service accepts as a task.
 *
 * @throws {BursarError} `request/invalid`, `price/unknown`, `offer/*`, `service/*`, `ledger/*`
 */
export async function generateVideo<Item extends ModelItem>(
  session: RelaySession,
  { families, item, watch = {} }: VideoOrder<Item>
): Promise<Job> {
  checkOptions(watch, watchChecks)
  const { connection } = session
  const request = familyOf(session, families, item).request(item)
  const call = watch.signal ? { signal: watch.signal } : {}
  const answer = await connection.read(planRequest(session, { ...request, name: 'videos.generate' }, call))
  const requestId = taskIdOf(answer.body)
  if (requestId === undefined) throw connection.malformed(answer, 'no task id')
  return pollTask(session, { requestId, status: 'queued', isDone: false, items: [], raw: answer.body }, watch)
}

/** Resumes a video. @throws {TypeError} when the id is malformed. */
export function resumeVideo(session: RelaySession, taskId: string, watch: WatchOptions = {}): Job {
  checkOptions(watch, watchChecks)
  if (!isTaskId(taskId)) throw new TypeError('taskId must be 1 to 128 letters, digits, - or _')
  return resumeJob(taskId, taskPolling(session, watch))
}
