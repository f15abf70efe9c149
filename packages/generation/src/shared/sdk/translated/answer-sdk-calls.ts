import { createModelNames, InvalidRequest, KeptResponses, pathProblem, textApiAt } from '@bursar/translation'
import type { FetchLike } from '../../service/operation.js'
import { answerChat } from './answer-chat.js'
import { answerImageEdits, answerImages } from './answer-images.js'
import { answerMessages, answerTokenCount } from './answer-messages.js'
import { answerModels } from './answer-models.js'
import { answerResponses } from './answer-responses.js'
import { answerVideo, answerVideos } from './answer-videos.js'
import { withModelNames } from './named-service.js'
import { readBody, type SdkCall } from './sdk-call.js'
import { problemResponse } from './sdk-problem.js'
import type { TranslatedService } from './sdk-service.js'
import { toCaller, toService } from './spoken-call.js'

/** For how long answers of Responses can be referred to. */
const KEEP_MS = 600_000

type Answerer = (call: SdkCall) => Promise<Response>

const endpoints: ReadonlyMap<string, Answerer> = new Map([
  ['/chat/completions', answerChat],
  ['/responses', answerResponses],
  ['/messages', answerMessages],
  ['/messages/count_tokens', answerTokenCount],
  ['/images/generations', answerImages],
  ['/images/edits', answerImageEdits],
  ['/videos', answerVideos]
])

/** Answers what a service does not have, and has it answer what it has. It is given paths behind the API's. */
export function answerSdkCalls({ send, speaks, known, random, clock, models, ...rest }: TranslatedService) {
  const responses = new KeptResponses({ clock, keepMs: KEEP_MS })
  const names = createModelNames({ read: models, clock, ...(known ? { known } : {}) })
  const service = withModelNames({ ...rest, models }, names)
  return async (path: string, ...[url, init]: Parameters<FetchLike>): Promise<Response> => {
    const { body: _, method, ...options } = init
    const sent = readBody(init)
    const api = method === 'POST' ? textApiAt(path) : undefined
    const own = { id: hexOf(random(16)), createdAtSeconds: Math.floor(clock.nowMs() / 1000) }
    try {
      api?.assertRequest(sent.object)
      const { model: asked } = sent.object
      const model = typeof asked === 'string' ? await names.resolve(asked) : undefined
      const body = model === undefined ? sent.object : { ...sent.object, model }
      if (speaks(path, { body, init })) {
        const call = { ...own, api, sent, model }
        return await toCaller(call, await send(url, toService(call, init)))
      }
      const { object, form } = sent
      const { searchParams: query } = new URL(url)
      const call = { ...own, path, query, body: object, form, init: options, service, responses }
      const video = method === 'GET' ? answerVideo(call) : undefined
      return await (video ?? answererOf(path, method)(call))
    } catch (error) {
      if (error instanceof InvalidRequest) return problemResponse(error)
      throw error
    }
  }
}

function answererOf(path: string, method: string | undefined): Answerer {
  if (path.startsWith('/models')) return answerModels
  return (method === 'POST' ? endpoints.get(path) : undefined) ?? refusePath
}

/** In the words of the proxy, which names paths as OpenAI's and Anthropic's documentation does. */
async function refusePath({ path }: SdkCall): Promise<Response> {
  const posts = Array.from(endpoints.keys(), (each) => `/v1${each}`)
  return problemResponse(pathProblem(`/v1${path}`, { posts, gets: '/v1/models' }))
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
