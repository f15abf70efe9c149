import {
  chatToResponse,
  leftOutHeaders,
  readTools,
  resolveReferences,
  responseStreamFormat,
  responsesToChat
} from '@bursar/translation'
import { completionOf, eventStream } from './sdk-answer.js'
import type { SdkCall } from './sdk-call.js'

/** Every call of one fetch is by the same agent: the process. */
const AGENT = 'sdk'

/** Answers a request of OpenAI's Responses by a chat. @throws {InvalidRequest} */
export async function answerResponses(call: SdkCall): Promise<Response> {
  const { body: request, init, service, responses, id, createdAtSeconds } = call
  const whole = resolveReferences(request, responses.of(AGENT))
  const response = await service.chat(responsesToChat(whole), init)
  if (!response.ok) return response
  const completion = await completionOf(response)
  const previous = request.previous_response_id ?? null
  const translated = chatToResponse(completion, whole, { id, createdAtSeconds })
  const answer = { ...translated, previous_response_id: previous }
  responses.keep(AGENT, whole, answer)
  const headers = leftOutHeaders(readTools(whole).leftOut)
  return request.stream === true
    ? eventStream(responseStreamFormat.events(answer, request), headers)
    : Response.json(answer, { headers })
}
