import { isJsonObject, type JsonObject, parseUsdc } from '@bursar/core'
import { type Answer, jsonAnswer } from '../../server/answer.js'
import { readJson } from '../../server/arrival.js'
import type { Route } from '../../server/route.js'
import { randomUuid } from '../../server/uuid.js'
import type { OpenRelayAccount } from '../accounts.js'
import type { RelayContext } from '../context.js'
import { type Form, readForm } from '../form.js'
import {
  billingUsage,
  isAnswer,
  QUOTA_PER_USD,
  relayError,
  signedIn,
  submitted,
  subscription,
  take,
  taskDto,
  taskError
} from '../new-api.js'
import { chatCompletion, openAiResponse, replyTo, streamOf, textOf } from '../texts.js'

/** Millionths of a dollar. The documentation prints no prices: these are assumed, and told by `/api/pricing`. */
const prices: ReadonlyMap<string, bigint> = new Map(
  Object.entries({
    'wan2.6-image': '0.03',
    'wan2.6-t2i': '0.03',
    'gpt-image-2': '0.02',
    'doubao-seedream-5-0-260128': '0.04',
    'qwen-image-max': '0.05',
    'gemini-3.1-flash-image-preview': '0.06',
    'happyhorse-1.0-t2v': '0.30',
    'happyhorse-1.0-i2v': '0.30',
    'happyhorse-1.0-r2v': '0.30',
    'doubao-seedance-2.0': '0.50',
    'doubao-seedance-2.0-fast': '0.25',
    'whisper-1': '0.006',
    'claude-opus-4-6': '0.01',
    'gpt-5.4': '0.01'
  }).map(([model, usd]) => [model, parseUsdc(usd)])
)

const DAY_MS = 86_400_000
const MICRO = 1_000_000
const eventHeaders = { 'Content-Type': 'text/event-stream; charset=utf-8' }

type Sell = (account: OpenRelayAccount, body: JsonObject) => Answer

/** Tokenhot's endpoints, under `/relays/tokenhot`. */
export function tokenhotRoutes(context: RelayContext): readonly Route[] {
  const { accounts, tasks } = context
  const sold = (path: string, sell: Sell): Route => ({
    methods: ['POST'],
    path: new RegExp(`^/relays/tokenhot${path}$`),
    misbehaves: true,
    async handle({ arrival, params, faults }) {
      const account = signedIn(accounts, arrival)
      if (isAnswer(account)) return account
      const asked = await readJson(arrival)
      const body = params[0] === undefined ? asked : { ...asked, model: decodeURIComponent(params[0]) }
      if (typeof body.model !== 'string' || body.model === '')
        return relayError(400, 'invalid_request', 'model is required')
      if (!prices.has(body.model))
        return relayError(503, 'model_not_found', `No available channel for model ${body.model}`)
      return faults.afterSettling(sell(account, body), () => jsonAnswer(200, {}))
    }
  })
  const open = (path: string, handle: Route['handle']): Route => ({
    methods: ['GET'],
    path: new RegExp(`^/relays/tokenhot${path}$`),
    handle
  })
  const own = (path: string, answer: (account: OpenRelayAccount, id: string) => Answer): Route =>
    open(path, ({ arrival, params: [id = ''] }) => {
      const account = signedIn(accounts, arrival)
      return isAnswer(account) ? account : answer(account, id)
    })
  return [
    sold('/v1/images/generations', (account, body) => sellPictures(context, account, body)),
    sold('/v1beta/models/([^/:]+):generateContent', (account, body) => sellGemini(context, account, body)),
    sold('/v1/video/generations', (account, body) => sellFilm(context, account, body)),
    sold('/v1/chat/completions', (account, body) =>
      sellText(context, account, body, (id, seconds) => chatCompletion(id, seconds, replyTo(body, 4096)))
    ),
    sold('/v1/responses', (account, body) =>
      sellText(context, account, body, (id, seconds) => openAiResponse(id, seconds, replyTo(body, 4096)))
    ),
    {
      methods: ['POST'],
      path: /^\/relays\/tokenhot\/v1\/audio\/(?:transcriptions|translations)$/,
      misbehaves: true,
      async handle({ arrival }) {
        const account = signedIn(accounts, arrival)
        return isAnswer(account) ? account : sellListening(account, await readForm(arrival))
      }
    },
    own('/v1/video/generations/([\\w-]+)', ({ key }, id) => {
      const task = tasks.find(id, key)
      return task ? taskDto(tasks, task) : taskError(400, 'task_not_exist', 'task_not_exist')
    }),
    own('/v1/dashboard/billing/subscription', subscription),
    own('/v1/dashboard/billing/usage', billingUsage),
    own('/v1/models', () =>
      jsonAnswer(200, { object: 'list', data: [...prices.keys()].map((id) => ({ id, object: 'model' })) })
    ),
    open('/api/pricing', () => {
      const data = [...prices].map(([name, each]) => ({
        model_name: name,
        quota_type: 1,
        model_price: Number(each) / MICRO,
        model_ratio: 0
      }))
      return jsonAnswer(200, { success: true, data, group_ratio: { default: 1 } })
    }),
    open('/api/status', () =>
      jsonAnswer(200, { success: true, data: { quota_per_unit: QUOTA_PER_USD, price: 7 } })
    )
  ]
}

function cost(body: JsonObject, count = 1): bigint {
  return (prices.get(String(body.model)) ?? 0n) * BigInt(count)
}

function refuse(message: string): Answer {
  return relayError(400, 'invalid_request', message)
}

function sellText(
  { random, clock }: RelayContext,
  account: OpenRelayAccount,
  body: JsonObject,
  write: (id: string, createdSeconds: number) => JsonObject
): Answer {
  const refused = take(account, cost(body))
  return refused ?? jsonAnswer(200, write(randomUuid(random), Math.floor(clock.nowMs() / 1000)))
}

function sellPictures(context: RelayContext, account: OpenRelayAccount, body: JsonObject): Answer {
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
function sellListening(account: OpenRelayAccount, { fields, files }: Form): Answer {
  const [file] = files
  if (!file) return refuse('file is required')
  const refused = take(account, cost({ model: fields.model ?? '' }))
  return refused ?? jsonAnswer(200, { text: `A sound of ${file.bytes.byteLength} bytes.` })
}

function sellGemini(context: RelayContext, account: OpenRelayAccount, body: JsonObject): Answer {
  if (!Array.isArray(body.contents)) return refuse('contents is required')
  const refused = take(account, cost(body))
  if (refused) return refused
  const prompt = textOf(body.contents.flatMap((each) => (isJsonObject(each) ? (each.parts ?? '') : '')))
  const url = context.shelf.add({ kind: 'picture', prompt, width: 512, height: 512, format: 'png' }, DAY_MS)
  const parts = [{ text: `Here it is: ${url}` }]
  return jsonAnswer(200, { candidates: [{ content: { role: 'model', parts }, finishReason: 'STOP' }] })
}

/** Tokenhot 51 and 52. */
function sellFilm(context: RelayContext, account: OpenRelayAccount, body: JsonObject): Answer {
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

interface FilmOrder {
  readonly prompt: string
  readonly seconds: number
}

function checkHappyHorse({ model, input, parameters }: JsonObject): FilmOrder | string {
  const { prompt = '', media = [] } = isJsonObject(input) ? input : {}
  const { resolution = '720P', duration = 5 } = isJsonObject(parameters) ? parameters : {}
  if (typeof prompt !== 'string' || prompt === '') return 'prompt is required'
  if (resolution !== '720P' && resolution !== '1080P') return 'resolution is 720P or 1080P'
  if (!Number.isInteger(duration) || Number(duration) < 3 || Number(duration) > 15)
    return 'duration is 3 to 15'
  const kinds = Array.isArray(media) ? media.map((each) => (isJsonObject(each) ? each.type : undefined)) : []
  const first = kinds.filter((kind) => kind === 'first_frame').length
  const references = kinds.filter((kind) => kind === 'reference_image').length
  const fits = String(model).endsWith('i2v')
    ? first === 1 && references === 0
    : String(model).endsWith('r2v')
      ? first === 0 && references >= 1 && references <= 9
      : kinds.length === 0
  return fits ? { prompt, seconds: Number(duration) } : 'media does not fit the model'
}

function checkSeedance({
  model,
  content,
  duration = 5,
  resolution = '720p'
}: JsonObject): FilmOrder | string {
  const parts = Array.isArray(content) ? content.filter(isJsonObject) : []
  const prompt = textOf(parts.filter(({ type }) => type === 'text'))
  const roles = parts.flatMap(({ role }) => (typeof role === 'string' ? [role] : []))
  const hasFrame = roles.includes('first_frame') || roles.includes('last_frame')
  if (prompt === '') return 'prompt is required'
  if (hasFrame && roles.includes('reference_image')) return 'frames and references exclude each other'
  if (!Number.isInteger(duration) || Number(duration) < 4 || Number(duration) > 15)
    return 'duration is 4 to 15'
  const sizes = String(model).includes('-fast') ? ['480p', '720p'] : ['480p', '720p', '1080p']
  return sizes.includes(String(resolution))
    ? { prompt, seconds: Number(duration) }
    : 'resolution is not allowed'
}
