import { isJsonObject, type JsonObject, parseUsdc } from '@bursar/core'
import { readJson } from '../../server/request.js'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import type { Route } from '../../server/route.js'
import { randomUuid } from '../../server/uuid.js'
import { charge, type OpenRelayAccount } from '../accounts.js'
import type { RelayContext } from '../context.js'
import { readForm } from '../form.js'
import type { Task, TaskStore } from '../task-store.js'
import { chatChunks, chatCompletion, replyTo, streamOf } from '../texts.js'

/** Of the fourteen groups that the documentation counts, one model each where it names one. */
const models: ReadonlyMap<string, 'text' | 'image' | 'video'> = new Map([
  ['openai/gpt-4.1', 'text'],
  ['openai/gpt-5.4', 'text'],
  ['anthropic/claude-sonnet-4-6', 'text'],
  ['google/gemini-2.5-pro', 'text'],
  ['bytedance/doubao-seedream-5.0', 'image'],
  ['openai/gpt-image-2', 'image'],
  ['bytedance/doubao-seedance-2.0', 'video'],
  ['kwaivgi/kling-v3-std', 'video'],
  ['kwaivgi/kling-v3-pro', 'video']
])

/** Dollars, assumed where the documentation prints none: a call of text, a picture, a second of Seedance. */
const assumed = { text: parseUsdc('0.01'), image: parseUsdc('0.03'), second: parseUsdc('0.10') }
const DAY_MS = 86_400_000
const eventHeaders = { 'Content-Type': 'text/event-stream; charset=utf-8' }

type Sell = (account: OpenRelayAccount, body: JsonObject, model: string) => HttpResponse

/** TokenHub's endpoints, under `/relays/tokenhub`. */
export function tokenhubRoutes(context: RelayContext): readonly Route[] {
  const { accounts, tasks } = context
  const at = (path: string): RegExp => new RegExp(`^/relays/tokenhub/api/v1${path}$`)
  const billed = (path: string, kind: 'text' | 'image' | 'video', sell: Sell): Route => ({
    methods: ['POST'],
    path: at(path),
    misbehaves: true,
    async handle({ request, faults }) {
      const account = accounts.of(request)
      if (!account?.key.startsWith('th-')) return refuse(401, 'invalid_api_key', 'The API key is wrong')
      const isForm = /^multipart\//i.test(request.header('content-type') ?? '')
      const body: JsonObject = isForm ? { ...(await readForm(request)).fields } : await readJson(request)
      const model = fullName(body.model)
      if (models.get(model) !== kind) return refuse(404, 'model_not_found', `There is no such ${kind} model`)
      return faults.afterSettling(sell(account, body, model), () => jsonResponse(200, {}))
    }
  })
  return [
    billed('/chat/completions', 'text', (account, body) => sellText(context, account, body)),
    billed('/images/generations', 'image', (account, body, model) =>
      sellImages(context, account, body, model)
    ),
    billed('/images/edits', 'image', (account, body, model) => sellImages(context, account, body, model)),
    billed('/videos/generations', 'video', (account, body, model) =>
      sellVideo(context, account, body, model)
    ),
    {
      methods: ['GET'],
      path: at('/videos/generations/([\\w-]+)'),
      misbehaves: true,
      handle({ request, params: [id = ''] }) {
        const account = accounts.of(request)
        if (!account) return refuse(401, 'invalid_api_key', 'The API key is wrong')
        const task = tasks.find(id, account.key)
        return task ? tell(tasks, task) : refuse(404, 'task_not_found', 'There is no such task')
      }
    },
    {
      methods: ['GET'],
      path: at('/models'),
      handle: () =>
        jsonResponse(200, { object: 'list', data: [...models.keys()].map((id) => ({ id, object: 'model' })) })
    }
  ]
}

/** TokenHub 57: short forms do as well. */
function fullName(model: unknown): string {
  const name = String(model)
  return [...models.keys()].find((each) => each === name || each.endsWith(`/${name}`)) ?? name
}

/** The documentation shows no errors: OpenAI's shape is assumed. */
function refuse(status: number, code: string, message: string): HttpResponse {
  return jsonResponse(status, { error: { message, type: 'invalid_request_error', code } })
}

function debit(account: OpenRelayAccount, micro: bigint): HttpResponse | undefined {
  return charge(account, micro)
    ? undefined
    : refuse(402, 'insufficient_credits', 'Add credits to your account')
}

function sellText(
  { random, clock }: RelayContext,
  account: OpenRelayAccount,
  body: JsonObject
): HttpResponse {
  const rejection = debit(account, assumed.text)
  if (rejection) return rejection
  const reply = replyTo(body, 4096)
  const [id, seconds] = [randomUuid(random), Math.floor(clock.nowMs() / 1000)]
  return body.stream === true
    ? { status: 200, headers: eventHeaders, body: streamOf(chatChunks(id, seconds, reply, true)) }
    : jsonResponse(200, chatCompletion(id, seconds, reply))
}

/** TokenHub 62, 65 and 66. */
function sellImages(
  context: RelayContext,
  account: OpenRelayAccount,
  body: JsonObject,
  model: string
): HttpResponse {
  const { prompt, size = '1024x1024', format = 'png' } = body
  const n = Number(body.n ?? 1)
  const [, width = 0, height = 0] = (/^(\d+)x(\d+)$/.exec(String(size)) ?? []).map(Number)
  if (typeof prompt !== 'string' || prompt === '') return refuse(400, 'invalid_request', 'prompt is required')
  if (width * height === 0) return refuse(400, 'invalid_request', 'size is WIDTHxHEIGHT')
  if (!Number.isInteger(n) || n < 1 || n > 10) return refuse(400, 'invalid_request', 'n is 1 to 10')
  if (body.output_format !== undefined) return refuse(400, 'invalid_request', 'the field is format')
  if (format !== 'png' && format !== 'jpeg' && format !== 'webp')
    return refuse(400, 'invalid_request', 'format is png, jpeg or webp')
  const each = model === 'openai/gpt-image-2' ? imageCost(Math.max(width, height)) : assumed.image
  const rejection = debit(account, each * BigInt(n))
  if (rejection) return rejection
  const data = Array.from({ length: n }, () => ({
    url: context.files.add({ kind: 'image', prompt, width, height, format }, DAY_MS)
  }))
  return jsonResponse(200, { created: Math.floor(context.clock.nowMs() / 1000), data })
}

function imageCost(longest: number): bigint {
  return parseUsdc(longest <= 1536 ? '0.125' : longest <= 2048 ? '0.25' : '0.50')
}

const roles = ['first_frame', 'last_frame', 'reference_image', 'reference_video', 'reference_audio']

/** TokenHub 60, 61, 63 and 64. */
function sellVideo(
  context: RelayContext,
  account: OpenRelayAccount,
  body: JsonObject,
  model: string
): HttpResponse {
  const wrong = checkVideo(body, model)
  if (wrong !== undefined) return refuse(400, 'invalid_request', wrong)
  const seconds = Number(body.duration ?? 5)
  const rate = model.includes('kling') ? parseUsdc(model.endsWith('pro') ? '0.224' : '0.168') : assumed.second
  const rejection = debit(account, rate * BigInt(seconds))
  if (rejection) return rejection
  const prompt = String(body.prompt)
  const video = { kind: 'video', prompt, seconds, width: 128, height: 72 } as const
  const url = context.files.add(video, DAY_MS, context.tasks.endsAtMs)
  const failure = /\bfail\b/i.test(prompt) ? { failure: 'The prompt asked for a failure' } : {}
  const order = { model, owner: account.key, url, cost: rate * BigInt(seconds), ...failure }
  return tell(context.tasks, context.tasks.add('tsk-', order))
}

function checkVideo(body: JsonObject, model: string): string | undefined {
  const { prompt, duration = 5, resolution = '720p', content = [] } = body
  const least = model.includes('kling') ? 3 : 4
  if (typeof prompt !== 'string' || prompt === '') return 'prompt is required'
  if (!Number.isInteger(duration) || Number(duration) < least || Number(duration) > 15)
    return `duration is ${least} to 15`
  if (resolution !== '480p' && resolution !== '720p') return 'resolution is 480p or 720p'
  if (!Array.isArray(content)) return 'content is a list'
  const items = content.filter(isJsonObject)
  const isShaped = (item: JsonObject): boolean =>
    item.type === 'image_url' && isJsonObject(item.image_url) && typeof item.image_url.url === 'string'
  if (items.length < content.length || !items.every(isShaped)) return 'content is image_url items'
  if (items.some(({ role }) => !roles.includes(String(role)))) return 'role is not known'
  const count = (role: string): number => items.filter((item) => item.role === role).length
  if (count('first_frame') > 1 || count('last_frame') > 1)
    return 'one first_frame and one last_frame are taken'
  return count('reference_video') > 3 ? 'three input videos are taken' : undefined
}

const words = { queued: 'queued', running: 'running', done: 'succeeded', failed: 'failed' } as const

/** TokenHub 58 and 59. */
function tell(tasks: TaskStore, task: Task): HttpResponse {
  const stage = tasks.stageOf(task)
  return jsonResponse(200, {
    id: task.id,
    object: 'video.generation.task',
    model: task.model,
    status: words[stage],
    data: stage === 'done' ? [{ video_url: task.url }] : [],
    ...(stage === 'failed' ? { error: { code: 'task_failed', message: task.failure ?? '' } } : {})
  })
}
