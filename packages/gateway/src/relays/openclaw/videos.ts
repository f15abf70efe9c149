import { type JsonObject, parseUsdc } from '@bursar/core'
import type { HttpResponse } from '../../server/response.js'
import type { OpenRelayAccount } from '../accounts.js'
import type { RelayContext } from '../context.js'
import { debit, submitted, taskError } from '../new-api.js'
import { priceOf } from './price-list.js'

const DAY_MS = 86_400_000

/** Dollars a second (OpenClaw 36). */
const seconds: Readonly<Record<string, { readonly '720P': string; readonly '1080P': string }>> = {
  'wan2.6-t2v': { '720P': '0.058', '1080P': '0.100' },
  'wan2.6-i2v': { '720P': '0.058', '1080P': '0.100' },
  'wan2.6-i2v-flash': { '720P': '0.0145', '1080P': '0.024' }
}

/** `POST /v1/video/generations` (OpenClaw 25 and 31 to 38). */
export function sellVideo(context: RelayContext, account: OpenRelayAccount, body: JsonObject): HttpResponse {
  const wrong = check(body)
  if (wrong !== undefined) return taskError(400, 'invalid_request', wrong)
  const model = String(body.model)
  const { prompt, duration = 5, seed } = body
  const cost = costOf(model, body)
  const rejection = debit(account, cost)
  if (rejection) return rejection
  const is1080 = resolutionOf(model, body) === '1080P'
  // Small, so that it is quickly made; the proportions are right.
  const size = is1080 ? { width: 192, height: 108 } : { width: 128, height: 72 }
  const video = {
    kind: 'video',
    prompt: `${prompt}${seed ?? ''}`,
    seconds: Number(duration),
    ...size
  } as const
  const url = context.files.add(video, DAY_MS, context.tasks.endsAtMs)
  const failure = /\bfail\b/i.test(String(prompt)) ? { failure: 'The prompt asked for a failure' } : {}
  return submitted(context.tasks.add('task_', { model, owner: account.key, url, cost, ...failure }))
}

function resolutionOf(model: string, { resolution }: JsonObject): unknown {
  return resolution ?? (model === 'wan2.6-i2v' ? '1080P' : '720P')
}

function costOf(model: string, body: JsonObject): bigint {
  const rates = seconds[model]
  const price = priceOf(model)
  if (!rates) return price && price.unit !== 'token' ? price.each : 0n
  const rate = parseUsdc(resolutionOf(model, body) === '1080P' ? rates['1080P'] : rates['720P'])
  return rate * BigInt(Number(body.duration ?? 5)) * (body.audio === true ? 2n : 1n)
}

function check(body: JsonObject): string | undefined {
  return checkText(body) ?? checkNumbers(body) ?? checkImages(body) ?? checkAudio(body)
}

function checkText({ prompt, negative_prompt: negative = '' }: JsonObject): string | undefined {
  if (typeof prompt !== 'string' || prompt === '') return 'prompt is required'
  if ([...prompt].length > 1500) return 'prompt has more than 1500 characters'
  return typeof negative === 'string' && [...negative].length <= 500
    ? undefined
    : 'negative_prompt has more than 500 characters'
}

function checkNumbers({ resolution = '720P', duration = 5, seed = 0 }: JsonObject): string | undefined {
  if (resolution !== '720P' && resolution !== '1080P') return 'resolution is 720P or 1080P'
  if (!Number.isInteger(duration) || Number(duration) < 2 || Number(duration) > 15)
    return 'duration is 2 to 15'
  const isSeed = Number.isInteger(seed) && Number(seed) >= 0 && Number(seed) <= 2_147_483_647
  return isSeed ? undefined : 'seed is 0 to 2147483647'
}

function checkImages(body: JsonObject): string | undefined {
  const { model, input_reference: first, images, shot_type: shots, prompt_extend: extend } = body
  const begins = String(model).includes('-i2v')
  const list = Array.isArray(images) ? images : []
  const all = [...(typeof first === 'string' ? [first] : []), ...list]
  if (begins && all.length === 0) return 'input_reference or images is required'
  if (begins && all.length > 1) return 'one image is taken'
  if (all.some((url) => typeof url !== 'string' || !/^https?:/.test(url))) return 'images are given by URL'
  if (shots !== undefined && shots !== 'single' && shots !== 'multi') return 'shot_type is single or multi'
  return shots === 'multi' && extend === false ? 'shot_type multi needs prompt_extend' : undefined
}

function checkAudio({ model, audio, audio_url: audioUrl }: JsonObject): string | undefined {
  if (audio === true && model !== 'wan2.6-i2v-flash') return 'audio is for wan2.6-i2v-flash'
  if (audioUrl === undefined) return undefined
  if (!String(model).startsWith('wan2.6-i2v')) return 'audio_url is for wan2.6-i2v and its flash'
  return typeof audioUrl === 'string' && /\.(?:wav|mp3)(?:\?|$)/i.test(audioUrl)
    ? undefined
    : 'audio_url names a WAV or an MP3'
}
