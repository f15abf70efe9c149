import type { Clock, JsonObject } from '@bursar/core'
import { type Api, anthropicApi, openaiApi } from '@bursar/local-server'
import { messageEvents, messageOf } from './anthropic/messages-answer.js'
import { chatOfMessages } from './anthropic/messages-request.js'
import { chatEvents } from './openai/chat-stream.js'
import { objectOf } from './openai/completion.js'
import { makePictures } from './openai/images.js'
import { responseEvents, responseOf } from './openai/responses-answer.js'
import { chatOfResponses } from './openai/responses-request.js'
import type { ProxyService, ServiceCall } from './service.js'

/** An answer that is had whole, and the stream that it would have been. */
export interface WholeAnswer {
  readonly body: JsonObject
  readonly events?: () => readonly string[]
}

/** Something that can be asked of the proxy. */
export interface Endpoint {
  readonly api: Api
  /** Asks a service in its own terms. @throws {ProxyProblem} @throws {BursarError} */
  answer(asked: JsonObject, service: ProxyService, call: ServiceCall, clock: Clock): Promise<WholeAnswer>
}

/** By path. */
export const endpoints: ReadonlyMap<string, Endpoint> = new Map<string, Endpoint>([
  [
    '/v1/chat/completions',
    {
      api: openaiApi,
      async answer({ stream: _, stream_options: options, ...chat }, service, call) {
        const body = await service.complete(chat, call)
        return { body, events: () => chatEvents(body, objectOf(options).include_usage === true) }
      }
    }
  ],
  [
    '/v1/responses',
    {
      api: openaiApi,
      async answer(asked, service, call, clock) {
        const completion = await service.complete(chatOfResponses(asked), call)
        const body = responseOf(completion, asked, Math.floor(clock.nowMs() / 1000))
        return { body, events: () => responseEvents(body) }
      }
    }
  ],
  [
    '/v1/messages',
    {
      api: anthropicApi,
      async answer(asked, service, call) {
        const body = messageOf(await service.complete(chatOfMessages(asked), call))
        return { body, events: () => messageEvents(body) }
      }
    }
  ],
  ['/v1/images/generations', { api: openaiApi, answer: makePictures }]
])
