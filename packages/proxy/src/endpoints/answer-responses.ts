import type { JsonObject } from '@bursar/core'
import { chatToResponse, readTools, resolveReferences, responsesToChat } from '@bursar/translation'
import type { EndpointContext, TranslatedAnswer } from './endpoint.js'

/**
 * Answers a request of OpenAI's Responses by a chat, and keeps the answer for later requests that refer to it.
 *
 * @throws {InvalidRequest}
 */
export async function answerResponses(
  request: JsonObject,
  { service, call, clock, agent, id, responses }: EndpointContext
): Promise<TranslatedAnswer> {
  const whole = resolveReferences(request, responses.of(agent))
  const completion = await service.complete(responsesToChat(whole), call)
  const details = { id, createdAtSeconds: Math.floor(clock.nowMs() / 1000) }
  const previous = request.previous_response_id ?? null
  const body = { ...chatToResponse(completion, whole, details), previous_response_id: previous }
  responses.keep(agent, whole, body)
  return { body, leftOut: readTools(whole).leftOut }
}
