import { isJsonObject, type JsonObject } from '@bursar/core'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import { DAY_MS, type RelayContext } from '../context.js'
import { failureOf, type Task, type TaskStore } from '../task-store.js'
import { debit, invalidRequest, type TokenhubCall } from './call.js'
import { secondCost } from './models.js'

/** `POST /videos/generations` (TokenHub 60, 61, 63 and 64). */
export function sellVideo({ files, tasks }: RelayContext, call: TokenhubCall): HttpResponse {
  const { account, model, body } = call
  const reason = rejectVideoReason(model, body)
  if (reason !== undefined) return invalidRequest(reason)
  const seconds = Number(body.duration ?? 5)
  const costMicroUsd = secondCost(model) * BigInt(seconds)
  const rejection = debit(account, costMicroUsd)
  if (rejection) return rejection
  const prompt = String(body.prompt)
  const video = { kind: 'video', prompt, seconds, width: 128, height: 72 } as const
  const url = files.add(video, { lifeMs: DAY_MS, fromMs: tasks.endsAtMs })
  const task = { model, owner: account.key, url, costMicroUsd, ...failureOf(prompt) }
  return taskBody(tasks, tasks.add('tsk-', task))
}

function rejectVideoReason(model: string, body: JsonObject): string | undefined {
  const { prompt, duration = 5, resolution = '720p' } = body
  const minSeconds = model.includes('kling') ? 3 : 4
  if (typeof prompt !== 'string' || prompt === '') return 'prompt is required'
  if (!Number.isInteger(duration) || Number(duration) < minSeconds || Number(duration) > 15)
    return `duration is ${minSeconds} to 15`
  if (resolution !== '480p' && resolution !== '720p') return 'resolution is 480p or 720p'
  return rejectContentReason(body.content ?? [])
}

const roles = ['first_frame', 'last_frame', 'reference_image', 'reference_video', 'reference_audio']

function rejectContentReason(content: unknown): string | undefined {
  if (!Array.isArray(content)) return 'content is a list'
  const items = content.filter(isJsonObject)
  if (items.length < content.length || !items.every(isImageItem)) return 'content is image_url items'
  if (items.some(({ role }) => !roles.includes(String(role)))) return 'role is not known'
  const count = (role: string): number => items.filter((item) => item.role === role).length
  if (count('first_frame') > 1 || count('last_frame') > 1)
    return 'one first_frame and one last_frame are taken'
  return count('reference_video') > 3 ? 'three input videos are taken' : undefined
}

function isImageItem({ type, image_url: image }: JsonObject): boolean {
  return type === 'image_url' && isJsonObject(image) && typeof image.url === 'string'
}

const statuses = { queued: 'queued', running: 'running', done: 'succeeded', failed: 'failed' } as const

/** A task as a submission and `GET /videos/generations/{id}` report it (TokenHub 58 and 59). */
export function taskBody(tasks: TaskStore, task: Task): HttpResponse {
  const stage = tasks.stageOf(task)
  return jsonResponse(200, {
    id: task.id,
    object: 'video.generation.task',
    model: task.model,
    status: statuses[stage],
    data: stage === 'done' ? [{ video_url: task.url }] : [],
    ...(stage === 'failed' ? { error: { code: 'task_failed', message: task.failure ?? '' } } : {})
  })
}
