import type { IncomingMessage, ServerResponse } from 'node:http'
import { bodyChunks } from '@bursar/core'
import { CallLimit, RequestProblem } from '@bursar/local-server'
import { pathProblem } from '@bursar/translation'
import { answerModels } from './answer-models.js'
import { answerThrough } from './answer-through.js'
import { answerVideo } from './answer-video.js'
import { deliver } from './answers/deliver.js'
import type { Connection } from './answers/last-answers.js'
import { otherForm } from './answers/other-form.js'
import type { Recording } from './answers/recording.js'
import type { SharedAnswer } from './answers/shared-answers.js'
import { BodyLimit } from './body-limit.js'
import { type CallRequest, pathOf, type ReadOptions, readCallRequest, urlOf } from './call-request.js'
import { withSignal } from './call-signal.js'
import type { Endpoint } from './endpoints/endpoint.js'
import { endpoints } from './endpoints/endpoints.js'
import { fillAnswer } from './fill-answer.js'
import { problemOfRequest } from './problem-of-request.js'
import { answerTooLarge } from './record-response.js'
import type { AnswerNote, ServeContext } from './serve-context.js'

/**
 * Counts requests twice: while a body is read, so that bodies cannot fill the memory, and while a call runs, up to
 * `maxConcurrent`. A request that joins a running call is not counted as a call.
 */
interface Limits {
  readonly bodies: BodyLimit
  readonly calls: CallLimit
  /** Of what was made. */
  readonly downloads: CallLimit
}

/** Each has a file of its own. */
const MAX_DOWNLOADS = 16

/** What is known of an answer that costs money. */
export type Answered = Pick<AnswerNote, 'cost' | 'isRepeat' | 'problem'>

/** Builds what answers a request of a known agent. @throws {RequestProblem} */
export function createAnswering(context: ServeContext) {
  const { maxConcurrent } = context
  const limits = {
    bodies: new BodyLimit(maxConcurrent),
    calls: new CallLimit(maxConcurrent),
    downloads: new CallLimit(Math.min(maxConcurrent, MAX_DOWNLOADS))
  }
  const { downloads } = limits
  return async (message: IncomingMessage, response: ServerResponse, agent: string): Promise<Answered> => {
    const path = pathOf(message)
    const { passThrough } = context.serviceOf(agent)
    if (passThrough) return answerThrough(message, response, { ...limits, agent, context, passThrough })
    if (await answerModels(message, response, context.serviceOf(agent))) return {}
    if (message.method === 'GET' && (await answerFree(message, response, { agent, context, downloads })))
      return {}
    const endpoint = endpointOf(message)
    const { maxBodyBytes } = context
    const { takesForms = false } = endpoint
    const request = await readCounted(message, { agent, path, takesForms, maxBodyBytes }, limits)
    if (endpoint.isFree) {
      await answerWithoutService(response, { request, endpoint }, context)
      return {}
    }
    await context.answers.untilLeft(request)
    const answer = shareAnswer({ request, endpoint, connection: message.socket }, limits, context)
    await deliverAnswer(response, answer, { request, endpoint, context })
    const { recording, isRepeat } = answer
    return { isRepeat: isRepeat || recording.isPaidBefore, ...outcomeOf(recording) }
  }
}

function outcomeOf({ costs: { cost }, error }: Recording): Answered {
  const problem = error === undefined ? undefined : problemOfRequest(error).code
  return { ...(cost ? { cost } : {}), ...(problem === undefined ? {} : { problem }) }
}

/** Who asks after something that is free. */
interface FreeRequest extends Pick<Limits, 'downloads'> {
  readonly agent: string
  readonly context: ServeContext
}

/** Answers what is free to ask after. @returns whether it was. */
async function answerFree(
  message: IncomingMessage,
  response: ServerResponse,
  { agent, context, downloads }: FreeRequest
): Promise<boolean> {
  const { stopping } = context
  const { poll, videos } = context.serviceOf(agent)
  const isPolled = await withSignal({ stopping, timeoutMs: POLL_TIMEOUT_MS }, async (signal) => {
    const polled = poll(pathOf(message).slice('/v1'.length), signal)
    if (polled) await answerPoll(response, await polled)
    return polled !== undefined
  })
  if (isPolled) return true
  const answered = videos && answerVideo(response, urlOf(message), { videos, stopping, downloads })
  await answered
  return answered !== undefined
}

const POLL_TIMEOUT_MS = 60_000
/** More than the state of any job. */
const MAX_POLL_BYTES = 4 * 1024 * 1024

/** @throws {HttpProblem} 502 when the answer is larger than any state is. */
async function answerPoll(response: ServerResponse, polled: Response): Promise<void> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of bodyChunks(polled)) {
    length += chunk.byteLength
    if (length > MAX_POLL_BYTES) throw answerTooLarge(MAX_POLL_BYTES, 'none')
    chunks.push(chunk)
  }
  const type = polled.headers.get('content-type') ?? 'application/json'
  response.writeHead(polled.status, { 'content-type': type }).end(Buffer.concat(chunks))
}

/** @throws {RequestProblem} 404 that names what is here, and 405 */
function endpointOf(message: IncomingMessage): Endpoint {
  const path = pathOf(message)
  const endpoint = endpoints.get(path)
  if (endpoint && message.method === 'POST') return endpoint
  throw new RequestProblem(
    pathProblem(path, { posts: endpoints.keys(), gets: '/v1/models and what was made' })
  )
}

/** The request is counted by its head, before anything of its body is kept. */
async function readCounted(
  message: IncomingMessage,
  options: ReadOptions,
  { bodies }: Limits
): Promise<CallRequest> {
  const leave = bodies.enter(message)
  try {
    return await readCallRequest(message, options)
  } finally {
    leave()
  }
}

/** Answers what costs nothing, and is not shared. */
async function answerWithoutService(
  response: ServerResponse,
  { request: { agent, body }, endpoint }: { readonly request: CallRequest; readonly endpoint: Endpoint },
  context: ServeContext
): Promise<void> {
  const call = { labels: { agent }, signal: context.stopping, onPurchase() {} }
  const service = context.serviceOf(agent)
  const answer = await endpoint.answer(body, { ...context, service, call, agent, id: '' })
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
}

function shareAnswer(
  call: { readonly request: CallRequest; readonly endpoint: Endpoint; readonly connection: Connection },
  { calls }: Limits,
  context: ServeContext
): SharedAnswer {
  const fillNew = async (recording: Recording): Promise<void> => {
    const leave = calls.enter()
    try {
      await fillAnswer(recording, call, context)
    } finally {
      leave()
    }
  }
  return context.answers.share(call.request, fillNew, call.connection)
}

async function deliverAnswer(
  response: ServerResponse,
  answer: SharedAnswer,
  {
    request,
    endpoint: { format, api },
    context: { keepAliveMs, clock }
  }: { readonly request: CallRequest; readonly endpoint: Endpoint; readonly context: ServeContext }
): Promise<void> {
  const { isOtherForm, recording: recorded } = answer
  const recording = isOtherForm ? otherForm(recorded, { body: request.body, stream: api?.stream }) : recorded
  const { id } = recorded
  const details = { request: request.body, id, createdAtSeconds: Math.floor(clock.nowMs() / 1000) }
  const opened = request.body.stream === true ? api?.stream.open(details) : undefined
  const asked = opened ? { stream: { answer: opened, keepAliveMs } } : {}
  let delivered = false
  try {
    delivered = await deliver(response, recording, { format, clock, ...asked })
  } finally {
    answer.leave(delivered)
  }
}
