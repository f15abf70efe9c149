import type { JsonObject } from '@bursar/core'
import { openaiFormat, RequestProblem } from '@bursar/local-server'
import { renameModel, textApis } from '@bursar/translation'
import { answerLiveMessages, answerMessages, answerTokenCount } from './answer-messages.js'
import { answerResponses } from './answer-responses.js'
import { anthropicFormat, responsesFormat } from './api-formats.js'
import { createVideo } from './create-video.js'
import { editImages } from './edit-images.js'
import type { Endpoint, EndpointContext, TranslatedAnswer } from './endpoint.js'
import { generateImages } from './generate-images.js'

/** The endpoints by path. */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map<string, Endpoint>([
  ['/v1/chat/completions', { format: openaiFormat, api: textApis['/chat/completions'], answer: answerChat }],
  ['/v1/responses', { format: responsesFormat, api: textApis['/responses'], answer: answerResponses }],
  [
    '/v1/messages',
    {
      format: anthropicFormat,
      api: textApis['/messages'],
      live: answerLiveMessages,
      answer: answerMessages
    }
  ],
  ['/v1/messages/count_tokens', { format: anthropicFormat, answer: answerTokenCount, isFree: true }],
  ['/v1/images/generations', { format: openaiFormat, answer: generateImages }],
  ['/v1/images/edits', { format: openaiFormat, answer: editImages, takesForms: true }],
  ['/v1/videos', { format: openaiFormat, answer: createVideo, takesForms: true }],
  // What a service has of its own is forwarded to it.
  ['/v1/video/generations', { format: openaiFormat, answer: answerNobody }],
  ['/v1/videos/generations', { format: openaiFormat, answer: answerNobody }],
  ['/v1/generation-requests', { format: openaiFormat, answer: answerNobody }]
])

/** @throws {RequestProblem} 404 */
async function answerNobody(): Promise<never> {
  const message = 'The service does not speak this API'
  throw new RequestProblem({ status: 404, code: 'not_found', message })
}

async function answerChat(
  { stream: _, stream_options: __, ...chat }: JsonObject,
  { service, call }: EndpointContext
): Promise<TranslatedAnswer> {
  return { body: renameModel(await service.complete(chat, call), chat.model) }
}
