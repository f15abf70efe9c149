import type { JsonObject } from '@bursar/core'
import type { HttpResponse } from '../../server/response.js'
import { DAY_MS, type RelayContext } from '../context.js'
import { debit } from '../new-api/accounts.js'
import { taskError } from '../new-api/errors.js'
import type { BilledCall } from '../new-api/routes.js'
import { submittedTask } from '../new-api/tasks.js'
import { failureOf } from '../task-store.js'
import { costOf } from './price-list.js'
import { readHappyHorse, readSeedance, readUndocumented, type VideoOrder } from './video-order.js'

/** `POST /v1/video/generations` (Tokenhot 51 and 52). */
export function sellVideo(
  { files, tasks }: RelayContext,
  { account, model, body }: BilledCall
): HttpResponse {
  const order = readOrder(model, body)
  if (typeof order === 'string') return taskError(400, 'invalid_request', order)
  const costMicroUsd = costOf(model)
  const rejection = debit(account, costMicroUsd)
  if (rejection) return rejection
  const video = { kind: 'video', ...order, width: 128, height: 72 } as const
  // The file is at the API's own host, and only its owner can fetch it (Tokenhot 54).
  const url = files.add(video, { lifeMs: DAY_MS, fromMs: tasks.endsAtMs, owner: account.key })
  const task = { model, owner: account.key, url, costMicroUsd, ...failureOf(order.prompt) }
  return submittedTask(tasks.add('task_', task))
}

function readOrder(model: string, body: JsonObject): VideoOrder | string {
  if (/Hailuo|-V2V$|-video-edit$/.test(model)) return readUndocumented(body)
  return model.startsWith('happyhorse') ? readHappyHorse(model, body) : readSeedance(model, body)
}
