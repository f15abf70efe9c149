import { chatStreamFormat, readChatRequest, renameModel } from '@bursar/translation'
import { completionOf, eventStream } from './sdk-answer.js'
import type { SdkCall } from './sdk-call.js'

/** Answers a chat that is to stream, where the service answers it whole. */
export async function answerChat({ body, init, service }: SdkCall): Promise<Response> {
  const { stream: _, stream_options: __, ...chat } = readChatRequest(body)
  const response = await service.chat(chat, init)
  if (!response.ok) return response
  const completion = renameModel(await completionOf(response), chat.model)
  return eventStream(chatStreamFormat.events(completion, body))
}
