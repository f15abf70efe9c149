import type { JsonObject } from '@bursar/core'
import type { HttpRequest } from '../server/request.js'
import { type HttpResponse, jsonResponse } from '../server/response.js'
import { charge, type OpenRelayAccount, type RelayAccounts } from './accounts.js'
import type { Task, TaskStore } from './task-store.js'

/*
 * new-api is the relay software behind several services: its errors, its billing endpoints and its tasks.
 */

/** Quota of one dollar (OpenClaw 5). */
export const QUOTA_PER_USD = 500_000
/** What a key without a bound shows as its limit, in dollars (OpenClaw 42). */
const UNLIMITED_USD = 100_000_000
const MICRO = 1_000_000

/** OpenClaw 1: an error as the software shows it. */
export function relayError(status: number, code: string, message: string): HttpResponse {
  return jsonResponse(status, { error: { message, type: 'new_api_error', param: '', code } })
}

/** An error of the task endpoints (OpenClaw 30 and 31). */
export function taskError(status: number, code: string, message: string): HttpResponse {
  return jsonResponse(status, { code, message, data: null })
}

/** The account of a request, or the answer that there is none (OpenClaw 1). */
export function authenticate(
  accounts: RelayAccounts,
  request: HttpRequest,
  otherHeader?: 'x-api-key'
): OpenRelayAccount | HttpResponse {
  return accounts.of(request, otherHeader) ?? relayError(401, '', 'Invalid token')
}

/** Whether {@link signedIn} gave an answer. */
export function isResponse(found: object): found is HttpResponse {
  return 'status' in found && 'headers' in found
}

/** Takes what a call costs, or refuses it (OpenClaw 2). */
export function debit(account: OpenRelayAccount, micro: bigint): HttpResponse | undefined {
  if (charge(account, micro)) return undefined
  return relayError(403, 'insufficient_user_quota', 'The quota of the user is not enough')
}

/** `GET /v1/dashboard/billing/subscription` */
export function subscription({ opening }: OpenRelayAccount): HttpResponse {
  const limit = opening === undefined ? UNLIMITED_USD : Number(opening) / MICRO
  return jsonResponse(200, {
    object: 'billing_subscription',
    has_payment_method: true,
    soft_limit_usd: limit,
    hard_limit_usd: limit,
    system_hard_limit_usd: limit,
    access_until: 0
  })
}

/** `GET /v1/dashboard/billing/usage`: in cents (OpenClaw 42). */
export function billingUsage({ used }: OpenRelayAccount): HttpResponse {
  return jsonResponse(200, { object: 'list', total_usage: (Number(used) / MICRO) * 100 })
}

/** `GET /api/usage/token/`, which keys without any quota left may ask as well (OpenClaw 43). */
export function tokenUsage({ opening = 0n, used }: OpenRelayAccount, isUnlimited: boolean): HttpResponse {
  const quota = (micro: bigint): number => Math.round((Number(micro) / MICRO) * QUOTA_PER_USD)
  const data = {
    object: 'token_usage',
    name: 'local',
    total_granted: quota(opening),
    total_used: quota(used),
    total_available: quota(opening > used ? opening - used : 0n),
    unlimited_quota: isUnlimited,
    model_limits: {},
    model_limits_enabled: false,
    expires_at: 0
  }
  return jsonResponse(200, { code: true, message: 'ok', data })
}

const upperWords = { queued: 'QUEUED', running: 'IN_PROGRESS', done: 'SUCCESS', failed: 'FAILURE' } as const
const lowerWords = { queued: 'queued', running: 'in_progress', done: 'completed', failed: 'failed' } as const

/** What a submission answers (OpenClaw 25, Tokenhot 51). */
export function submitted({ id, model, createdAtMs }: Task): HttpResponse {
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

/** `GET /v1/videos/{id}` (OpenClaw 26, 27 and 29). */
export function openAiVideo(tasks: TaskStore, task: Task): HttpResponse {
  const stage = tasks.stageOf(task)
  const { id, model, createdAtMs, failure = '', url } = task
  const errorFields: JsonObject =
    stage === 'failed'
      ? { error: { code: 'task_failed', message: failure }, metadata: { url: failure } }
      : stage === 'done'
        ? { metadata: { url } }
        : {}
  const progress = stage === 'done' ? 100 : stage === 'running' ? 50 : 0
  const createdAt = Math.floor(createdAtMs / 1000)
  return jsonResponse(200, {
    id,
    object: 'video',
    model,
    status: lowerWords[stage],
    progress,
    created_at: createdAt,
    ...errorFields
  })
}

/** `GET /v1/video/generations/{id}` (OpenClaw 28, Tokenhot 53). */
export function taskDto(tasks: TaskStore, task: Task): HttpResponse {
  const stage = tasks.stageOf(task)
  return jsonResponse(200, {
    code: 'success',
    message: '',
    data: {
      task_id: task.id,
      status: upperWords[stage],
      fail_reason: stage === 'failed' ? (task.failure ?? '') : '',
      result_url: stage === 'done' ? task.url : '',
      quota: Math.round((Number(task.cost) / MICRO) * QUOTA_PER_USD),
      progress: stage === 'done' || stage === 'failed' ? '100%' : '50%',
      data: {}
    }
  })
}
