import { HttpProblem } from '@bursar/local-server'
import type { Recording } from './answers/recording.js'
import type { CallRequest } from './call-request.js'
import { costHeaders } from './costs/cost-tally.js'
import type { Endpoint, TranslatedAnswer } from './endpoints/endpoint.js'
import type { ServeContext } from './serve-context.js'
import type { ServiceCall } from './services/service-call.js'

/** Bytes of one answer that is forwarded. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024

const encoder = new TextEncoder()

/** Has the service answer a request, and records the answer. */
export async function fillAnswer(
  recording: Recording,
  { request, endpoint }: { readonly request: CallRequest; readonly endpoint: Endpoint },
  context: ServeContext
): Promise<void> {
  await context.costs.run(recording.costs, () => fill(recording, { request, endpoint }, context))
}

async function fill(
  recording: Recording,
  { request, endpoint }: { readonly request: CallRequest; readonly endpoint: Endpoint },
  { serviceOf, timeoutMs, clock, stopping }: ServeContext
): Promise<void> {
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)])
  const call = callOf(request, signal)
  const service = serviceOf(request.agent)
  const forwarded = service.forward(request.path.slice('/v1'.length), request, call)
  if (forwarded) return recordResponse(recording, await forwarded)
  const { form } = request
  const answer = await endpoint.answer(request.body, { service, call, clock, ...(form ? { form } : {}) })
  recordTranslated(recording, answer.body, request.body.stream === true ? answer.events?.() : undefined)
}

/** Names that the proxy gives to purchases are its own: they begin with `proxy` and the agent. */
function callOf({ agent, key }: CallRequest, signal: AbortSignal): ServiceCall {
  const call = { labels: { agent }, signal }
  return key === undefined ? call : { ...call, purchase: `proxy ${agent} ${key}` }
}

/** Writes an answer whole, or as the events of a stream where there are any. */
function recordTranslated(
  recording: Recording,
  body: TranslatedAnswer['body'],
  streamed: readonly string[] | undefined
): void {
  const headers = streamed
    ? { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }
    : { 'content-type': 'application/json' }
  recording.begin({ status: 200, headers: { ...headers, ...costHeaders(recording.costs) } })
  for (const text of streamed ?? [JSON.stringify(body)]) recording.write(encoder.encode(text))
}

/** @throws {HttpProblem} 502 when the answer is larger than is kept. */
async function recordResponse(recording: Recording, response: Response): Promise<void> {
  const type = response.headers.get('content-type') ?? 'application/json'
  recording.begin({
    status: response.status,
    headers: { 'content-type': type, ...costHeaders(recording.costs) }
  })
  for await (const chunk of response.body ?? []) {
    recording.write(chunk)
    if (recording.byteLength > MAX_ANSWER_BYTES) throw answerTooLarge(MAX_ANSWER_BYTES, 'settled')
  }
}

/** The error of an answer that is larger than is kept. */
export function answerTooLarge(maxBytes: number, moneyState: 'none' | 'settled'): HttpProblem {
  return new HttpProblem({
    status: 502,
    code: 'answer_too_large',
    message: `The answer is larger than ${maxBytes} bytes`,
    moneyState
  })
}
