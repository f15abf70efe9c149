import { isJsonObject, type JsonObject } from '@bursar/core'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import { randomUuid } from '../../server/uuid.js'
import type { OpenRelayAccount } from '../accounts.js'
import type { RelayContext } from '../context.js'
import type { Form } from '../form.js'
import { debit, relayError, submitted, taskError } from '../new-api.js'
import { streamOf, textOf } from '../texts.js'
import { prices } from './price-list.js'
import { checkHappyHorse, checkSeedance } from './video-order.js'

const DAY_MS = 86_400_000
const eventHeaders = { 'Content-Type': 'text/event-stream; charset=utf-8' }

function cost(body: JsonObject, count = 1): bigint {
  return (prices.get(String(body.model)) ?? 0n) * BigInt(count)
}

function refuse(message: string): HttpResponse {
  return relayError(400, 'invalid_request', message)
}

/** A flat price for each text. */
export function sellText(
  { random, clock }: RelayContext,
  account: OpenRelayAccount,
  body: JsonObject,
  write: (id: string, createdSeconds: number) => JsonObject
): HttpResponse {
  const rejection = debit(account, cost(body))
  return rejection ?? jsonResponse(200, write(randomUuid(random), Math.floor(clock.nowMs() / 1000)))
}

/** By the family of the model: flat, or in messages. */
export function sellImages(context: RelayContext, account: OpenRelayAccount, body: JsonObject): HttpResponse {
  const model = String(body.model)
  if (/^(?:wan|qwen)/.test(model)) return sellMessages(context, account, body)
  const { prompt, n = 1, size = '1024x1024' } = body
  if (typeof prompt !== 'string' || prompt === '') return refuse('prompt is required')
  const [, width = 0, height = 0] = (/^(\d+)x(\d+)$/.exec(String(size)) ?? []).map(Number)
  if (width * height === 0) return refuse('size is WIDTHxHEIGHT')
  const rejection = debit(account, cost(body, Number(n)))
  if (rejection) return rejection
  const data = Array.from({ length: Number(n) }, () => ({
    url: context.files.add({ kind: 'image', prompt, width, height, format: 'png' }, DAY_MS)
  }))
  return jsonResponse(200, { created: Math.floor(context.clock.nowMs() / 1000), data, usage: {} })
}

/** Tokenhot 45 to 48 and 50. */
function sellMessages(context: RelayContext, account: OpenRelayAccount, body: JsonObject): HttpResponse {
  const { input, parameters } = body
  const settings = isJsonObject(parameters) ? parameters : {}
  const messages = isJsonObject(input) ? input.messages : undefined
  if (!Array.isArray(messages) || messages.length === 0) return refuse('input.messages is required')
  const { size = '1024*1024', max_images: maxImages, n = maxImages ?? 1 } = settings
  const [, width = 0, height = 0] = (/^(\d+)\*(\d+)$/.exec(String(size)) ?? []).map(Number)
  if (width * height === 0) return refuse('size is WIDTH*HEIGHT')
  const rejection = debit(account, cost(body, Number(n)))
  if (rejection) return rejection
  const prompt = textOf(messages.flatMap((message) => (isJsonObject(message) ? (message.content ?? '') : '')))
  const images = Array.from({ length: Number(n) }, () => ({
    type: 'image',
    text: context.files.add({ kind: 'image', prompt, width, height, format: 'png' }, DAY_MS)
  }))
  const response = {
    output: [{ type: 'message', content: [{ type: 'text', text: `Drawn: ${prompt}` }, ...images] }],
    usage: {
      total_tokens: 1500,
      input_tokens: 500,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 1000,
      output_tokens_details: { reasoning_tokens: 0 }
    },
    request_id: `req_${randomUuid(context.random)}`
  }
  if (settings.stream !== true || context.wanStream === 'json') return jsonResponse(200, response)
  const events = [`data: ${JSON.stringify(response)}\n\n`, 'data: [DONE]\n\n']
  return { status: 200, headers: eventHeaders, body: streamOf(events) }
}

/** Hears nothing: tells how much it was given. */
export function sellTranscription(account: OpenRelayAccount, { fields, files }: Form): HttpResponse {
  const [file] = files
  if (!file) return refuse('file is required')
  const rejection = debit(account, cost({ model: fields.model ?? '' }))
  return rejection ?? jsonResponse(200, { text: `A sound of ${file.bytes.byteLength} bytes.` })
}

/** Gemini's own API. */
export function sellGemini(context: RelayContext, account: OpenRelayAccount, body: JsonObject): HttpResponse {
  if (!Array.isArray(body.contents)) return refuse('contents is required')
  const rejection = debit(account, cost(body))
  if (rejection) return rejection
  const prompt = textOf(body.contents.flatMap((each) => (isJsonObject(each) ? (each.parts ?? '') : '')))
  const url = context.files.add({ kind: 'image', prompt, width: 512, height: 512, format: 'png' }, DAY_MS)
  const parts = [{ text: `Here it is: ${url}` }]
  return jsonResponse(200, { candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP' }] })
}

/** Tokenhot 51 and 52. */
export function sellVideo(context: RelayContext, account: OpenRelayAccount, body: JsonObject): HttpResponse {
  const model = String(body.model)
  const wrong = model.startsWith('happyhorse') ? checkHappyHorse(body) : checkSeedance(body)
  if (typeof wrong !== 'object') return taskError(400, 'invalid_request', wrong)
  const rejection = debit(account, cost(body))
  if (rejection) return rejection
  const { prompt, seconds } = wrong
  const video = { kind: 'video', prompt, seconds, width: 128, height: 72 } as const
  // Tokenhot 54: at the API's own host, and for its owner alone.
  const url = context.files.add(video, DAY_MS, context.tasks.endsAtMs, account.key)
  const failure = /\bfail\b/i.test(prompt) ? { failure: 'The prompt asked for a failure' } : {}
  const task = { model, owner: account.key, url, cost: cost(body), ...failure }
  return submitted(context.tasks.add('task_', task))
}
