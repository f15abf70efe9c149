import type { JsonObject } from '@bursar/core'
import {
  createModelNames,
  InvalidRequest,
  KeptResponses,
  type ModelNames,
  pathProblem,
  textApiAt
} from '@bursar/translation'
import type { FetchLike } from '../../service/operation.js'
import { answerToSdk } from '../answer-to-sdk.js'
import { answerChat } from './answer-chat.js'
import { answerImageEdits, answerImages } from './answer-images.js'
import { answerMessages, answerTokenCount } from './answer-messages.js'
import { answerModels } from './answer-models.js'
import { answerResponses } from './answer-responses.js'
import { answerVideo, answerVideos } from './answer-videos.js'
import { withImageBytes } from './image-bytes.js'
import { withModelNames } from './named-service.js'
import { withNearestModel } from './nearest-model.js'
import { assertReadable, readBody, type SdkCall } from './sdk-call.js'
import { problemResponse } from './sdk-problem.js'
import type { TranslatedService } from './sdk-service.js'
import { type SpokenCall, toCaller, toService } from './spoken-call.js'

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
export function answerSdkCalls({ send, random, clock, ...served }: TranslatedService) {
  const responses = new KeptResponses({ clock, keepMs: KEEP_MS })
  const { known = [], models, speaks, assertRequest, imageReading, ...rest } = served
  const names = createModelNames({ read: models, known, clock })
  const service = withModelNames({ ...rest, models }, names)
  const answer = async ({ path, url, init, sent }: SentSdkCall): Promise<Response> => {
    const { body: _, method, ...options } = init
    const own = { id: hexOf(random(16)), createdAtSeconds: Math.floor(clock.nowMs() / 1000) }
    const read = await readCall(names, { path, method, sent })
    if (read && speaks(path, { body: read.body, init })) {
      await assertRequest?.(path, read.body)
      const call = { ...own, ...read, sent }
      const answer = await toCaller(call, await send(url, toService(call, init)))
      return path.startsWith('/images/') && imageReading
        ? withImageBytes(answer, read.body, { ...imageReading, signal: init.signal })
        : answer
    }
    if (method === 'POST' && endpoints.has(path)) assertReadable(sent)
    const { form } = sent
    const body = read?.api?.exact(sent) ?? sent.object
    const { searchParams: query } = new URL(url)
    const call = { ...own, path, query, body, form, init: options, service, responses }
    const video = method === 'GET' ? answerVideo(call) : undefined
    return video ?? answererOf(path, method)(call)
  }
  return async (path: string, ...[url, init]: Parameters<FetchLike>): Promise<Response> => {
    const sent = readBody(init)
    try {
      const response = await answerToSdk(url, () => answer({ path, url, init, sent }))
      return await withNearestModel(response, sent.object.model, names)
    } catch (error) {
      if (error instanceof InvalidRequest) return problemResponse(error)
      throw error
    }
  }
}

/** A call as an SDK makes it, its body read. */
interface SentSdkCall extends Pick<SpokenCall, 'sent'>, Pick<SdkCall, 'path'> {
  readonly url: string
  readonly init: RequestInit
}

/** A call as it was made. */
interface AskedCall extends Pick<SpokenCall, 'sent'>, Pick<SdkCall, 'path'> {
  readonly method: string | undefined
}

/** What a service may answer itself. */
interface ReadCall extends Pick<SpokenCall, 'api' | 'model'> {
  /** By the service's own name of the model. */
  readonly body: JsonObject
}

/**
 * Reads a call before anything else is done with it.
 *
 * @returns nothing where no service answers it: a text is asked for by POST.
 * @throws {InvalidRequest} that names the field.
 */
async function readCall(names: ModelNames, { path, method, sent }: AskedCall): Promise<ReadCall | undefined> {
  const { object } = sent
  const api = textApiAt(path)
  if (api && method !== 'POST') return undefined
  if (api) assertReadable(sent)
  api?.assertRequest(object)
  const { model: asked } = object
  const model = typeof asked === 'string' ? await names.resolve(asked) : undefined
  return { api, model, body: model === undefined ? object : { ...object, model } }
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
