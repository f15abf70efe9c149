import { stringifyExact } from '@bursar/core'
import {
  chatStreamFormat,
  chatToMessage,
  countMessageTokens,
  LiveMessage,
  leftOutHeaders,
  messageStreamFormat,
  messagesToChat,
  readMessageTools
} from '@bursar/translation'
import { isEventStream } from '../../wire/response-body.js'
import { liveStream } from './live-stream.js'
import { completionOf, eventStream, eventsResponse, streamFrom } from './sdk-answer.js'
import type { SdkCall } from './sdk-call.js'
import { translateProblem } from './sdk-problem.js'

/** Answers a request of Anthropic's Messages by a chat, which streams where the service can. @throws {InvalidRequest} */
export async function answerMessages(call: SdkCall): Promise<Response> {
  const { body: request, init, service, id } = call
  const chat = messagesToChat(request)
  const isStream = request.stream === true
  const asked = isStream && service.streams(init) ? { ...chat, stream: true, ...withUsage } : chat
  const response = await service.chat(asked, init)
  if (!response.ok) return translateProblem(response)
  const headers = leftOutHeaders(readMessageTools(request).leftOut)
  if (response.body && isEventStream(response.headers))
    return eventsResponse(liveEvents(response.body, call), headers)
  const completion = await completionOf(response)
  if (asked.stream === true) {
    // It was to stream, and comes whole.
    const { body } = new Response([...chatStreamFormat.events(completion, asked)].join(''))
    return body ? eventsResponse(liveEvents(body, call), headers) : eventStream([], headers)
  }
  const message = chatToMessage(completion, request, { id })
  return isStream
    ? eventStream(messageStreamFormat.events(message, request), headers)
    : new Response(stringifyExact(message), { headers: { 'content-type': 'application/json', ...headers } })
}

function liveEvents(body: ReadableStream<Uint8Array>, { body: request, ...details }: SdkCall) {
  const answer = messageStreamFormat.open({ ...details, request })
  const live = new LiveMessage(request, details)
  return streamFrom(body, {
    eventsOf: (each) => liveStream(each, live, answer),
    isDone: () => live.isComplete
  })
}

const withUsage = { stream_options: { include_usage: true } }

/** Counts the tokens of a request, without the service. @throws {InvalidRequest} */
export async function answerTokenCount({ body }: SdkCall): Promise<Response> {
  return Response.json(countMessageTokens(body))
}
