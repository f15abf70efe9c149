import { isJsonObject, type JsonObject } from '@bursar/core'
import { type Answer, jsonAnswer } from '../../server/answer.js'
import { randomUuid } from '../../server/uuid.js'
import type { OpenRelayAccount } from '../accounts.js'
import type { RelayContext } from '../context.js'
import type { Form } from '../form.js'
import { relayError, submitted, take, taskError } from '../new-api.js'
import { streamOf, textOf } from '../texts.js'
import { checkHappyHorse, checkSeedance } from './film-order.js'
import { prices } from './price-list.js'

const DAY_MS = 86_400_000
const eventHeaders = { 'Content-Type': 'text/event-stream; charset=utf-8' }

function cost(body: JsonObject, count = 1): bigint {
  return (prices.get(String(body.model)) ?? 0n) * BigInt(count)
}

function refuse(message: string): Answer {
  return relayError(400, 'invalid_request', message)
}

/** A flat price for each text. */
export function sellText(
  { random, clock }: RelayContext,
  account: OpenRelayAccount,
  body: JsonObject,
  write: (id: string, createdSeconds: number) => JsonObject
): Answer {
  const refused = take(account, cost(body))
  return refused ?? jsonAnswer(200, write(randomUuid(random), Math.floor(clock.nowMs() / 1000)))
}

/** By the family of the model: flat, or in messages. */
export function sellPictures(context: RelayContext, account: OpenRelayAccount, body: JsonObject): Answer {
  const model = String(body.model)
  if (/^(?:wan|qwen)/.test(model)) return sellMessages(context, account, body)
  const { prompt, n = 1, size = '1024x1024' } = body
  if (typeof prompt !== 'string' || prompt === '') return refuse('prompt is required')
  const [, width = 0, height = 0] = (/^(\d+)x(\d+)$/.exec(String(size)) ?? []).map(Number)
  if (width * height === 0) return refuse('size is WIDTHxHEIGHT')
  const refused = take(account, cost(body, Number(n)))
  if (refused) return refused
  const data = Array.from({ length: Number(n) }, () => ({
    url: context.shelf.add({ kind: 'picture', prompt, width, height, format: 'png' }, DAY_MS)
  }))
  return jsonAnswer(200, { created: Math.floor(context.clock.nowMs() / 1000), data, usage: {} })
}

/** Tokenhot 45 to 48 and 50. */
function sellMessages(context: RelayContext, account: OpenRelayAccount, body: JsonObject): Answer {
  const { input, parameters } = body
  const settings = isJsonObject(parameters) ? parameters : {}
  const messages = isJsonObject(input) ? input.messages : undefined
  if (!Array.isArray(messages) || messages.length === 0) return refuse('input.messages is required')
  const { size = '1024*1024', max_images: most, n = most ?? 1 } = settings
  const [, width = 0, height = 0] = (/^(\d+)\*(\d+)$/.exec(String(size)) ?? []).map(Number)
  if (width * height === 0) return refuse('size is WIDTH*HEIGHT')
  const refused = take(account, cost(body, Number(n)))
  if (refused) return refused
  const prompt = textOf(messages.flatMap((message) => (isJsonObject(message) ? (message.content ?? '') : '')))
  const pictures = Array.from({ length: Number(n) }, () => ({
    type: 'image',
    text: context.shelf.add({ kind: 'picture', prompt, width, height, format: 'png' }, DAY_MS)
  }))
  const answer = {
    output: [{ type: 'message', content: [{ type: 'text', text: `Drawn: ${prompt}` }, ...pictures] }],
    usage: {
      total_tokens: 1500,
      input_tokens: 500,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 1000,
      output_tokens_details: { reasoning_tokens: 0 }
    },
    request_id: `req_${randomUuid(context.random)}`
  }
  if (settings.stream !== true || context.wanStream === 'json') return jsonAnswer(200, answer)
  const events = [`data: ${JSON.stringify(answer)}\n\n`, 'data: [DONE]\n\n']
  return { status: 200, headers: eventHeaders, body: streamOf(events) }
}

/** Hears nothing: tells how much it was given. */
export function sellListening(account: OpenRelayAccount, { fields, files }: Form): Answer {
  const [file] = files
  if (!file) return refuse('file is required')
  const refused = take(account, cost({ model: fields.model ?? '' }))
  return refused ?? jsonAnswer(200, { text: `A sound of ${file.bytes.byteLength} bytes.` })
}

/** Gemini's own API. */
export function sellGemini(context: RelayContext, account: OpenRelayAccount, body: JsonObject): Answer {
  if (!Array.isArray(body.contents)) return refuse('contents is required')
  const refused = take(account, cost(body))
  if (refused) return refused
  const prompt = textOf(body.contents.flatMap((each) => (isJsonObject(each) ? (each.parts ?? '') : '')))
  const url = context.shelf.add({ kind: 'picture', prompt, width: 512, height: 512, format: 'png' }, DAY_MS)
  const parts = [{ text: `Here it is: ${url}` }]
  return jsonAnswer(200, { candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP' }] })
}

/** Tokenhot 51 and 52. */
export function sellFilm(context: RelayContext, account: OpenRelayAccount, body: JsonObject): Answer {
  const model = String(body.model)
  const wrong = model.startsWith('happyhorse') ? checkHappyHorse(body) : checkSeedance(body)
  if (typeof wrong !== 'object') return taskError(400, 'invalid_request', wrong)
  const refused = take(account, cost(body))
  if (refused) return refused
  const { prompt, seconds } = wrong
  const film = { kind: 'film', prompt, seconds, width: 128, height: 72 } as const
  // Tokenhot 54: at the API's own host, and for its owner alone.
  const url = context.shelf.add(film, DAY_MS, context.tasks.endsAtMs, account.key)
  const failure = /\bfail\b/i.test(prompt) ? { failure: 'The prompt asked for a failure' } : {}
  const task = { model, owner: account.key, url, cost: cost(body), ...failure }
  return submitted(context.tasks.add('task_', task))
}
