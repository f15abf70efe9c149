import { type JsonObject, parseUsdc } from '@bursar/core'
import type { HttpResponse } from '../../server/response.js'
import { DAY_MS, type RelayContext } from '../context.js'
import { debit } from '../new-api/accounts.js'
import { taskError } from '../new-api/errors.js'
import type { BilledCall } from '../new-api/routes.js'
import { submittedTask } from '../new-api/tasks.js'
import { failureOf } from '../task-store.js'
import { rejectAudioReason } from './audio-file.js'
import { priceOf } from './price-list.js'
import { rejectVideoReason } from './video-rules.js'

/** Dollars per second (OpenClaw 36). */
const usdPerSecond: Readonly<Record<string, { readonly '720P': string; readonly '1080P': string }>> = {
  'wan2.6-t2v': { '720P': '0.058', '1080P': '0.100' },
  'wan2.6-i2v': { '720P': '0.058', '1080P': '0.100' },
  'wan2.6-i2v-flash': { '720P': '0.0145', '1080P': '0.024' }
}

/** `POST /v1/video/generations` (OpenClaw 25 and 31 to 38). */
export async function sellVideo({ files, tasks }: RelayContext, call: BilledCall): Promise<HttpResponse> {
  const { account, model, body } = call
  const { audio_url: audioUrl } = body
  const reason =
    rejectVideoReason(body) ?? (typeof audioUrl === 'string' ? await rejectAudioReason(audioUrl) : undefined)
  if (reason !== undefined) return taskError(400, 'invalid_request', reason)
  const costMicroUsd = costOf(model, body)
  const rejection = debit(account, costMicroUsd)
  if (rejection) return rejection
  const prompt = String(body.prompt)
  // Small, so that the video is made quickly. The aspect ratio is right.
  const size = is1080(model, body) ? { width: 192, height: 108 } : { width: 128, height: 72 }
  const seconds = Number(body.duration ?? 5)
  const order = { kind: 'video', prompt: `${prompt}${body.seed ?? ''}`, seconds, ...size } as const
  const url = files.add(order, { lifeMs: DAY_MS, fromMs: tasks.endsAtMs })
  const task = { model, owner: account.key, url, costMicroUsd, ...failureOf(prompt) }
  return submittedTask(tasks.add('task_', task))
}

function is1080(model: string, { resolution }: JsonObject): boolean {
  return (resolution ?? (model === 'wan2.6-i2v' ? '1080P' : '720P')) === '1080P'
}

function costOf(model: string, body: JsonObject): bigint {
  const rates = usdPerSecond[model]
  const price = priceOf(model)
  if (!rates) return price && price.unit !== 'token' ? price.each : 0n
  const rate = parseUsdc(is1080(model, body) ? rates['1080P'] : rates['720P'])
  return rate * BigInt(Number(body.duration ?? 5)) * (body.audio === true ? 2n : 1n)
}
