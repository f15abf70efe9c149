import { renameModel, textApis } from '@bursar/translation'
import { completionOf, eventStream } from './sdk-answer.js'
import type { SdkCall } from './sdk-call.js'

/** Answers a chat that is to stream where the service answers it whole, or that names its model in another way. */
export async function answerChat({ body, init, service }: SdkCall): Promise<Response> {
  const { assertRequest, adapt, stream: streamFormat } = textApis['/chat/completions']
  assertRequest(body)
  const asked = adapt(body)
  if (asked.stream === true && service.streams(init)) return service.chat(asked, init)
  const { stream = false, stream_options: _, ...chat } = asked
  const response = await service.chat(chat, init)
  if (!response.ok) return response
  const completion = renameModel(await completionOf(response), chat.model)
  return stream === true ? eventStream(streamFormat.events(completion, body)) : Response.json(completion)
}
