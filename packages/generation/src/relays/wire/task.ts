import type { JsonObject } from '@bursar/core'
import type { Asset, JobState } from '../../shared/job/job-state.js'
import { defined } from '../../shared/wire/defined.js'

const POLL_SECONDS = 10

/** What a service reports of one task. */
export interface ReportedTask {
  /** In small letters; every word but the last ones means that the task is pending. */
  readonly status: string
  readonly isCompleted: boolean
  readonly hasFailed: boolean
  readonly url?: string | undefined
  readonly serviceCode?: string | undefined
  readonly reason?: string | undefined
}

/** The state of a job with one video. */
export function taskState(requestId: string, task: ReportedTask): JobState {
  const { isCompleted, hasFailed, serviceCode, reason } = task
  const status = isCompleted ? 'completed' : hasFailed ? 'failed' : task.status
  const failure = { item: 0, status, ...defined({ serviceCode, reason }) }
  const assets = isCompleted ? [videoAsset(task)] : []
  const isDone = isCompleted || hasFailed
  return {
    requestId,
    status,
    isDone,
    items: [{ index: 0, status, assets, ...(hasFailed ? { failure } : {}) }],
    ...(isDone ? {} : { pollAfterSeconds: POLL_SECONDS })
  }
}

function videoAsset({ url }: ReportedTask): Asset {
  return { item: 0, index: 0, kind: 'video', mimeType: 'video/mp4', tags: [], ...defined({ url }) }
}

/** The id in the answer to a submission, under either name. */
export function taskIdOf({ id, task_id: taskId }: JsonObject): string | undefined {
  return [id, taskId].find(isTaskId)
}

/** Whether something is the id of a task, which goes into URLs and file names (OpenClaw 44, TokenHub 59). */
export function isTaskId(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{1,128}$/.test(value)
}
