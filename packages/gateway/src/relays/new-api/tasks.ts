import type { JsonObject } from '@bursar/core'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import type { Task, TaskStage, TaskStore } from '../task-store.js'
import { toQuota } from './accounts.js'
import { taskError } from './errors.js'

/** What a submission answers (OpenClaw 25, Tokenhot 51). */
export function submittedTask({ id, model, createdAtMs }: Task): HttpResponse {
  return jsonResponse(200, {
    id,
    task_id: id,
    object: 'video',
    model,
    status: 'queued',
    progress: 0,
    created_at: Math.floor(createdAtMs / 1000)
  })
}

/** The answer to a request for a task that does not exist (OpenClaw 30). */
export function noTask(): HttpResponse {
  return taskError(400, 'task_not_exist', 'task_not_exist')
}

const openAiStatuses = {
  queued: 'queued',
  running: 'in_progress',
  done: 'completed',
  failed: 'failed'
} as const
const openAiProgress = { queued: 0, running: 50, done: 100, failed: 0 } as const

/** `GET /v1/videos/{id}` (OpenClaw 26, 27 and 29). */
export function openAiVideo(tasks: TaskStore, task: Task): HttpResponse {
  const stage = tasks.stageOf(task)
  return jsonResponse(200, {
    id: task.id,
    object: 'video',
    model: task.model,
    status: openAiStatuses[stage],
    progress: openAiProgress[stage],
    created_at: Math.floor(task.createdAtMs / 1000),
    ...resultOf(stage, task)
  })
}

function resultOf(stage: TaskStage, { url, failure = '' }: Task): JsonObject {
  if (stage === 'done') return { metadata: { url } }
  if (stage !== 'failed') return {}
  return { error: { code: 'task_failed', message: failure }, metadata: { url: failure } }
}

const statuses = { queued: 'QUEUED', running: 'IN_PROGRESS', done: 'SUCCESS', failed: 'FAILURE' } as const

/** `GET /v1/video/generations/{id}` (OpenClaw 28, Tokenhot 53). */
export function taskStatus(tasks: TaskStore, task: Task): HttpResponse {
  const stage = tasks.stageOf(task)
  return jsonResponse(200, {
    code: 'success',
    message: '',
    data: {
      task_id: task.id,
      status: statuses[stage],
      fail_reason: stage === 'failed' ? (task.failure ?? '') : '',
      result_url: stage === 'done' ? task.url : '',
      quota: toQuota(task.costMicroUsd),
      progress: stage === 'done' || stage === 'failed' ? '100%' : '50%',
      data: {}
    }
  })
}
