import type { JsonObject } from '@bursar/core'
import {
  chatToMessage,
  countMessageTokens,
  LiveMessage,
  messagesToChat,
  readMessageTools
} from '@bursar/translation'
import { cutOff } from '../services/service-problem.js'
import type { EndpointContext, LiveAnswer, TranslatedAnswer } from './endpoint.js'

/** Answers a request of Anthropic's Messages by a chat. @throws {InvalidRequest} */
export async function answerMessages(
  request: JsonObject,
  { service, call, id }: EndpointContext
): Promise<TranslatedAnswer> {
  const completion = await service.complete(messagesToChat(request), call)
  const body = chatToMessage(completion, request, { id })
  return { body, leftOut: readMessageTools(request).leftOut }
}

/** Answers a request of Messages by a chat that streams, event by event. @throws {InvalidRequest} */
export async function answerLiveMessages(
  request: JsonObject,
  { service, call, id }: EndpointContext
): Promise<LiveAnswer | undefined> {
  const chat = await service.streamChat?.(messagesToChat(request), call)
  if (!chat) return undefined
  const live = new LiveMessage(request, { id })
  return {
    events: liveEvents(chat, live),
    whole: () => live.message(),
    leftOut: readMessageTools(request).leftOut
  }
}

async function* liveEvents(
  chat: AsyncIterable<JsonObject>,
  live: LiveMessage
): AsyncGenerator<string, void, undefined> {
  for await (const chunk of chat) yield* live.push(chunk)
  if (!live.isComplete) throw cutOff()
  yield* live.end()
}

/** Counts the tokens of a request, without the service. @throws {InvalidRequest} */
export async function answerTokenCount(request: JsonObject): Promise<TranslatedAnswer> {
  return { body: { ...countMessageTokens(request) } }
}
