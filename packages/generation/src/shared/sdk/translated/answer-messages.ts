import {
  chatToMessage,
  countMessageTokens,
  LiveMessage,
  messageStreamFormat,
  messagesToChat,
  readMessageTools
} from '@bursar/translation'
import { isEventStream } from '../../wire/response-body.js'
import { liveStream } from './live-stream.js'
import { completionOf, eventStream, leftOutHeaders } from './sdk-answer.js'
import type { SdkCall } from './sdk-call.js'
import { translateProblem } from './sdk-problem.js'

/** Answers a request of Anthropic's Messages by a chat, which streams where the service can. @throws {InvalidRequest} */
export async function answerMessages({ body: request, init, service, id }: SdkCall): Promise<Response> {
  const chat = messagesToChat(request)
  const isStream = request.stream === true
  const asked = isStream && service.streams(init) ? { ...chat, stream: true, ...withUsage } : chat
  const response = await service.chat(asked, init)
  if (!response.ok) return translateProblem(response)
  const headers = leftOutHeaders(readMessageTools(request).leftOut)
  if (response.body && isEventStream(response.headers))
    return eventStream(liveStream(response.body, new LiveMessage(request, { id })), headers)
  const message = chatToMessage(await completionOf(response), request, { id })
  return isStream
    ? eventStream(messageStreamFormat.events(message, request), headers)
    : Response.json(message, { headers })
}

const withUsage = { stream_options: { include_usage: true } }

/** Counts the tokens of a request, without the service. @throws {InvalidRequest} */
export async function answerTokenCount({ body }: SdkCall): Promise<Response> {
  return Response.json(countMessageTokens(body))
}
