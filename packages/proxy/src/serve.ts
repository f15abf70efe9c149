import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Clock, isJsonObject, type JsonObject } from '@bursar/core'
import type { Agents } from '@bursar/local-server'
import { admit, anthropicApi, openaiApi, ProxyProblem, problemOf, refuse } from '@bursar/local-server'
import { deliver } from './deliver.js'
import { type Endpoint, endpoints } from './endpoints.js'
import { listModels } from './models.js'
import type { Recording } from './recording.js'
import type { ProxyService, ServiceCall } from './service.js'
import type { Asked, SharedAnswers } from './shared-answers.js'

/** What serves requests. */
export interface ServeContext {
  readonly agents: Agents
  /** The service as an agent has it. */
  readonly serviceOf: (agent: string) => ProxyService
  readonly answers: SharedAnswers
  readonly clock: Clock
  readonly maxBodyBytes: number
  readonly maxConcurrent: number
  readonly timeoutMs: number
  readonly keepAliveMs: number
  /** The proxy is stopped. */
  readonly stopping: AbortSignal
  readonly onAnswered: ((note: AnswerNote) => void) | undefined
}

/** What became of a request. */
export interface AnswerNote {
  /** Absent for a request that was not let in. */
  readonly agent?: string
  readonly path: string
  readonly status: number
  readonly ms: number
}

/** Runs what is let through. */
type Limited = (make: () => Promise<void>) => Promise<void>

/** Builds what answers each request, whatever comes. */
export function createHandler(context: ServeContext) {
  const limited = limit(context.maxConcurrent)
  return async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(message)
    const startedMs = context.clock.nowMs()
    let agent: string | undefined
    try {
      agent = admit(message, context.agents)
      await answer(message, response, agent, limited, context)
    } catch (error) {
      const problem = problemOf(error)
      // What is still on its way here is not read.
      if (problem.status === 413) response.setHeader('connection', 'close')
      refuse(response, problem, path.startsWith('/v1/messages') ? anthropicApi : openaiApi)
    }
    const ms = context.clock.nowMs() - startedMs
    const note = { ...(agent === undefined ? {} : { agent }), path, status: response.statusCode, ms }
    try {
      context.onAnswered?.(note)
    } catch {
      // A listener's mistake is no reason to end a process that has paid calls under way.
    }
  }
}

/** Lets so many through at once. The rest throws a {ProxyProblem} 429. */
function limit(most: number): Limited {
  let running = 0
  return async (make) => {
    if (running >= most)
      throw new ProxyProblem(
        429,
        'too_many_requests',
        'As many calls as are allowed at once are on their way'
      )
    running++
    try {
      await make()
    } finally {
      running--
    }
  }
}

async function answer(
  message: IncomingMessage,
  response: ServerResponse,
  agent: string,
  limited: Limited,
  context: ServeContext
): Promise<void> {
  const path = pathOf(message)
  if (message.method === 'GET' && path === '/v1/models') {
    const models = await context.serviceOf(agent).models()
    const body = listModels(models, message.headers['anthropic-version'] !== undefined)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    return
  }
  const endpoint = endpoints.get(path)
  if (!endpoint) throw new ProxyProblem(404, 'not_found', `There is no ${path} here`)
  if (message.method !== 'POST') throw new ProxyProblem(405, 'method_not_allowed', `${path} takes POST`)
  const bytes = await bodyOf(message, context.maxBodyBytes)
  const body = parse(bytes)
  const asked = askedOf(message, agent, path, bytes)
  const shared = context.answers.take(asked, (recording) =>
    limited(() => make(recording, { endpoint, asked, body, bytes }, context))
  )
  const streamAfterMs = body.stream === true ? context.keepAliveMs : undefined
  const { api } = endpoint
  let delivered = false
  try {
    delivered = await deliver(response, shared.recording, { api, streamAfterMs, clock: context.clock })
  } finally {
    shared.leave(delivered)
  }
}

interface Work {
  readonly endpoint: Endpoint
  readonly asked: Asked
  readonly body: JsonObject
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Asks the service, and records what it says. */
async function make(
  recording: Recording,
  { endpoint, asked, body, bytes }: Work,
  { serviceOf, timeoutMs, clock, stopping }: ServeContext
): Promise<void> {
  const { agent, key, path } = asked
  const call: ServiceCall = {
    labels: { agent },
    ...(key === undefined ? {} : { purchase: `proxy ${agent} ${key}` }),
    signal: AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)])
  }
  const service = serviceOf(agent)
  const native = service.native(path.slice('/v1'.length), bytes, call)
  if (native) return record(recording, await native)
  const whole = await endpoint.answer(body, service, call, clock)
  const encoder = new TextEncoder()
  const events = body.stream === true ? whole.events?.() : undefined
  recording.begin({
    status: 200,
    headers: events
      ? { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }
      : { 'content-type': 'application/json' }
  })
  for (const event of events ?? [JSON.stringify(whole.body)]) recording.write(encoder.encode(event))
}

/** @throws {ProxyProblem} when it is larger than is kept. */
async function record(recording: Recording, response: Response): Promise<void> {
  const type = response.headers.get('content-type') ?? 'application/json'
  recording.begin({ status: response.status, headers: { 'content-type': type } })
  for await (const chunk of response.body ?? []) {
    recording.write(chunk)
    if (recording.bytes > MAX_ANSWER_BYTES)
      throw new ProxyProblem(
        502,
        'answer_too_large',
        `The answer is larger than ${MAX_ANSWER_BYTES} bytes`,
        'settled'
      )
  }
}

/** As much as is kept of all answers together. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?')[0] ?? '/'
}

/** @throws {ProxyProblem} */
function askedOf({ headers }: IncomingMessage, agent: string, path: string, body: Uint8Array): Asked {
  const key = headers['idempotency-key']
  if (key !== undefined && (typeof key !== 'string' || key === '' || key.length > 200))
    throw new ProxyProblem(400, 'invalid_request', 'An idempotency key has 1 to 200 characters')
  const isRetry = Number(headers['x-stainless-retry-count'] ?? 0) > 0
  return { agent, path, body, isRetry, ...(key === undefined ? {} : { key }) }
}

/** @throws {ProxyProblem} */
async function bodyOf(message: IncomingMessage, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  // Forms of web pages cannot say this.
  if (!/^application\/json\b/i.test(message.headers['content-type'] ?? ''))
    throw new ProxyProblem(415, 'unsupported_media_type', 'Content-Type must be application/json')
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    length += chunk.byteLength
    if (length > maxBytes)
      throw new ProxyProblem(413, 'request_too_large', `The body is larger than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

/** @throws {ProxyProblem} */
function parse(bytes: Uint8Array): JsonObject {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (isJsonObject(value)) return value
  } catch {
    // Told below.
  }
  throw new ProxyProblem(400, 'invalid_json', 'The body is not a JSON object')
}
