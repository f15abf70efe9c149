import type { JsonObject } from '@bursar/core'
import { chatToMessage, countMessageTokens, messagesToChat, readMessageTools } from '@bursar/translation'
import type { EndpointContext, TranslatedAnswer } from './endpoint.js'

/** Answers a request of Anthropic's Messages by a chat. @throws {InvalidRequest} */
export async function answerMessages(
  request: JsonObject,
  { service, call, id }: EndpointContext
): Promise<TranslatedAnswer> {
  const completion = await service.complete(messagesToChat(request), call)
  const body = chatToMessage(completion, request, { id })
  return { body, leftOut: readMessageTools(request).leftOut }
}

/** Counts the tokens of a request, without the service. @throws {InvalidRequest} */
export async function answerTokenCount(request: JsonObject): Promise<TranslatedAnswer> {
  return { body: { ...countMessageTokens(request) } }
}
