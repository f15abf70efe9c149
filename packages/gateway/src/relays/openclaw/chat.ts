import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import { randomUuid } from '../../server/uuid.js'
import type { OpenRelayAccount } from '../accounts.js'
import type { RelayContext } from '../context.js'
import { debit, relayError } from '../new-api.js'
import {
  anthropicEvents,
  anthropicMessage,
  chatChunks,
  chatCompletion,
  openAiResponse,
  type Reply,
  replyTo,
  streamOf,
  textOf
} from '../texts.js'
import catalogue from './catalogue.json' with { type: 'json' }
import { familyOf, priceOf, tokenCost } from './price-list.js'

/** The three ways to ask for text. */
export type Dialect = 'chat' | 'messages' | 'responses'

const ASSUMED_OUTPUT = 4096
const DAY_MS = 86_400_000
const eventHeaders = { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' }

/** Sells text, and the pictures that models draw in a chat. */
export function sellText(
  context: RelayContext,
  account: OpenRelayAccount,
  dialect: Dialect,
  body: JsonObject
): HttpResponse {
  const model = String(body.model)
  const family = familyOf(model) ?? ''
  if (dialect === 'chat' && family === 'gemini-flash-image')
    return sellGeminiImage(context, account, model, body)
  if (dialect === 'chat' && model === 'wan2.7-image') return sellWanChat(context, account, body)
  if (!takes(family, dialect))
    return relayError(400, 'invalid_request', `${model} is not served at this endpoint`)
  const cap = [body.max_tokens, body.max_completion_tokens, body.max_output_tokens].find(
    (each) => typeof each === 'number'
  )
  const reply = replyTo(body, cap ?? ASSUMED_OUTPUT)
  const price = priceOf(model)
  if (!price) return noChannel(model)
  const rejection = debit(account, tokenCost(price, reply.inputTokens, reply.outputTokens))
  if (rejection) return rejection
  return written(context, dialect, body, reply)
}

function written(
  { clock, random }: RelayContext,
  dialect: Dialect,
  body: JsonObject,
  reply: Reply
): HttpResponse {
  const id = randomUuid(random)
  const createdSeconds = Math.floor(clock.nowMs() / 1000)
  const streams = body.stream === true
  if (dialect === 'messages') {
    return streams
      ? { status: 200, headers: eventHeaders, body: streamOf(anthropicEvents(id, reply)) }
      : jsonResponse(200, anthropicMessage(id, reply))
  }
  if (dialect === 'responses') return jsonResponse(200, openAiResponse(id, createdSeconds, reply))
  if (!streams) return jsonResponse(200, chatCompletion(id, createdSeconds, reply))
  const options = body.stream_options
  const tellsUsage = isJsonObject(options) && options.include_usage === true
  return {
    status: 200,
    headers: eventHeaders,
    body: streamOf(chatChunks(id, createdSeconds, reply, tellsUsage))
  }
}

function takes(family: string, dialect: Dialect): boolean {
  if (dialect === 'messages') return family === 'claude'
  if (dialect === 'responses') return family === 'gpt'
  return family === 'claude' || family === 'gpt' || family === 'gemini'
}

/** OpenClaw 3. */
export function noChannel(model: string): HttpResponse {
  return relayError(503, 'model_not_found', `No available channel for model ${model}`)
}

const imageSizes: Readonly<Record<string, Readonly<Record<string, string>>>> = catalogue.geminiResolutions
const ratios: ReadonlySet<string> = new Set(
  '1:1 3:4 4:3 9:16 16:9 3:2 2:3 4:5 5:4 1:4 4:1 1:8 8:1 21:9'.split(' ')
)
const MAX_REFERENCES = 14
const TOKENS_PER_IMAGE = 2520

/** OpenClaw 19 to 23. */
function sellGeminiImage(
  context: RelayContext,
  account: OpenRelayAccount,
  model: string,
  body: JsonObject
): HttpResponse {
  const config = imageConfigOf(body)
  const { image_size: size = '1K', aspect_ratio: ratio = '1:1' } = config
  if (typeof size !== 'string' || imageSizes[size] === undefined)
    return relayError(400, 'invalid_request', 'image_size must be 512, 1K, 2K or 4K')
  if (typeof ratio !== 'string' || !ratios.has(ratio))
    return relayError(400, 'invalid_request', 'aspect_ratio is not one of the 14')
  const references = referencesOf(body.messages ?? [])
  if (references > MAX_REFERENCES)
    return relayError(400, 'invalid_request', `At most ${MAX_REFERENCES} images are taken`)
  const price = priceOf(model)
  if (!price) return noChannel(model)
  const question = textOf(lastOf(body.messages))
  const reply = { ...replyTo(body, ASSUMED_OUTPUT), outputTokens: TOKENS_PER_IMAGE }
  const rejection = debit(account, tokenCost(price, reply.inputTokens, reply.outputTokens))
  if (rejection) return rejection
  const order = { kind: 'image', prompt: question, ...sizeFor(size, ratio), format: 'png' } as const
  const text = `![image](${context.files.add(order, DAY_MS)})`
  return written(context, 'chat', body, { ...reply, text })
}

/** OpenClaw 20: at the top of the body, or, as it is printed, within `extra_body`. */
function imageConfigOf(body: JsonObject): JsonObject {
  for (const holder of [body, body.extra_body]) {
    const google = isJsonObject(holder) ? holder.google : undefined
    const config = isJsonObject(google) ? google.image_config : undefined
    if (isJsonObject(config)) return config
  }
  return {}
}

/** OpenClaw 21: five ratios are printed; the others have about as many pixels, in steps of 64. */
function sizeFor(size: string, ratio: string): { readonly width: number; readonly height: number } {
  const printed = imageSizes[size]?.[ratio]
  if (printed !== undefined) {
    const [width = 0, height = 0] = printed.split('x').map(Number)
    return { width, height }
  }
  const [across = 1, down = 1] = ratio.split(':').map(Number)
  const side = size === '512' ? 512 : Number(size[0]) * 1024
  const step = (value: number): number => Math.max(64, Math.round(value / 64) * 64)
  return { width: step(side * Math.sqrt(across / down)), height: step(side * Math.sqrt(down / across)) }
}

function referencesOf(value: JsonValue): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + referencesOf(each), 0)
  if (!isJsonObject(value)) return 0
  if (value.type === 'image_url') return 1
  return referencesOf(value.content ?? null)
}

const WAN_IMAGES = 4

/** OpenClaw 24. */
function sellWanChat(context: RelayContext, account: OpenRelayAccount, body: JsonObject): HttpResponse {
  const price = priceOf('wan2.7-image')
  if (price?.unit !== 'call') return noChannel('wan2.7-image')
  const rejection = debit(account, price.each)
  if (rejection) return rejection
  const prompt = textOf(lastOf(body.messages))
  const content = Array.from({ length: WAN_IMAGES }, (_, index) => ({
    image: context.files.add(
      { kind: 'image', prompt: `${prompt} ${index + 1}`, width: 1024, height: 1024, format: 'png' },
      DAY_MS
    )
  }))
  return jsonResponse(200, {
    id: `chatcmpl-${randomUuid(context.random)}`,
    object: 'chat.completion',
    created: Math.floor(context.clock.nowMs() / 1000),
    model: 'wan2.7-image',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }]
  })
}

function lastOf(messages: JsonValue | undefined): JsonValue {
  return Array.isArray(messages) ? (messages.at(-1) ?? '') : ''
}
