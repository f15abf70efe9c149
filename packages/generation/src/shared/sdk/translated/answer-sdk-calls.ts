import { InvalidRequest, KeptResponses } from '@bursar/translation'
import type { FetchLike } from '../../service/operation.js'
import { answerChat } from './answer-chat.js'
import { answerImageEdits, answerImages } from './answer-images.js'
import { answerMessages, answerTokenCount } from './answer-messages.js'
import { answerModels } from './answer-models.js'
import { answerResponses } from './answer-responses.js'
import { bodyOf, type SdkCall } from './sdk-call.js'
import { problemResponse } from './sdk-problem.js'
import type { TranslatedService } from './sdk-service.js'

/** For how long answers of Responses can be referred to. */
const KEEP_MS = 600_000

const endpoints: ReadonlyMap<string, (call: SdkCall) => Promise<Response>> = new Map([
  ['/chat/completions', answerChat],
  ['/responses', answerResponses],
  ['/messages', answerMessages],
  ['/messages/count_tokens', answerTokenCount],
  ['/images/generations', answerImages],
  ['/images/edits', answerImageEdits]
])

/** Answers what a service does not have. It is given paths behind the API's. */
export function answerSdkCalls({ random, nowMs, ...service }: TranslatedService): FetchLike {
  const responses = new KeptResponses({ clock: { nowMs }, keepMs: KEEP_MS })
  return async (path, init) => {
    const { body: sent, method, ...rest } = init
    const call: SdkCall = {
      path,
      body: bodyOf(init),
      form: sent instanceof FormData ? sent : undefined,
      init: rest,
      service,
      id: hexOf(random(16)),
      createdAtSeconds: Math.floor(nowMs() / 1000),
      responses
    }
    try {
      return await (method === 'GET' ? answerModels : (endpoints.get(path) ?? answerModels))(call)
    } catch (error) {
      if (error instanceof InvalidRequest) return problemResponse(error)
      throw error
    }
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
