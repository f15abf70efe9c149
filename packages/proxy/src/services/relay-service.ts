import type { JsonObject } from '@bursar/core'
import type { Relay } from '@bursar/generation/openclaw'
import { assertNoOptions, type ImageRequest, invalidRequest } from '@bursar/translation'
import { chunksOf } from './chat-chunks.js'
import { withImageBytes } from './image-bytes.js'
import { imagesOfJob } from './job-images.js'
import type { ProxyService } from './proxy-service.js'
import { readAnswerObject } from './read-answer.js'
import type { ServiceCall } from './service-call.js'
import { problemFrom } from './service-problem.js'

/** An image as OpenAI's API describes it, which every relay takes. */
interface RelayImage {
  readonly model: string
  readonly prompt: string
  readonly n?: number
  readonly size?: string
}

/** A relay as the proxy uses it. */
export type AnyRelay = Pick<Relay<RelayImage, never, never>, 'fetch' | 'images' | 'models' | 'estimate'>

/** Where a relay's API is, and what it speaks. */
export interface RelayApi {
  /** For example `http://127.0.0.1:4000/relays/openclaw/v1`. */
  readonly apiUrl: string
  /** What the relay answers itself, for example `/messages`, by what is asked for. */
  readonly spoken: ReadonlyMap<string, (body: JsonObject) => boolean>
  /** Where videos are asked after, for example `/videos/task_1`. The job is its only group. */
  readonly polled: RegExp
  /** @throws {RequestProblem} 404 where the agent did not pay for a job. */
  assertOwn(job: string): Promise<void>
}

/** What is sent to a relay. */
interface SentRequest {
  readonly body: BodyInit
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: string
}

/** A service that bills an account. It speaks the APIs itself, and each call is entered in the ledger at what it cost. */
export function relayService(relay: AnyRelay, { apiUrl, spoken, polled, assertOwn }: RelayApi): ProxyService {
  const send = async (
    path: string,
    sent: SentRequest,
    { labels, signal, onPurchase }: ServiceCall
  ): Promise<Response> => {
    const { body, headers: handed = {}, query = '' } = sent
    // A form brings a type of its own, with its boundary.
    const type = body instanceof FormData ? {} : { 'content-type': 'application/json' }
    const headers = { ...handed, ...type }
    const init = { method: 'POST', headers, body, signal, bursar: { labels, onPurchase } }
    const response = await relay.fetch(`${apiUrl}${path}${query}`, init)
    if (response.ok) return response
    throw await problemFrom(response)
  }
  return {
    models: () => relay.models.list(),
    async complete(body, call) {
      return readAnswerObject(await send('/chat/completions', { body: JSON.stringify(body) }, call))
    },
    async streamChat(body, call) {
      const streaming = { ...body, stream: true, stream_options: { include_usage: true } }
      return chunksOf(await send('/chat/completions', { body: JSON.stringify(streaming) }, call))
    },
    async images(request, { signal, onPurchase }) {
      const item = itemOf(request)
      await assertFields(relay, item, request.options)
      const options = { signal, fetchOptions: { bursar: { onPurchase } } }
      return imagesOfJob(await relay.images.generate(item, options), signal)
    },
    async forward(path, { body, bytes, form = bytes, headers = {}, query = '' }, call) {
      if (!spoken.get(path)?.(body)) return undefined
      const answer = await send(path, { body: form, headers, query }, call)
      return path.startsWith('/images/')
        ? withImageBytes(answer, body, { apiUrl, signal: call.signal })
        : answer
    },
    poll(path, signal) {
      const [, job] = polled.exec(path) ?? []
      if (job === undefined) return undefined
      return assertOwn(job).then(() => relay.fetch(`${apiUrl}${path}`, { signal }))
    }
  }
}

/** Models that read images where they make them. Others edit at a path of their own, or not at all. */
const editors = /^gemini-.*-image/

function itemOf({ model, prompt, count, size, options, images }: ImageRequest): RelayImage {
  if (images && !editors.test(model))
    throw invalidRequest(`${model.slice(0, 40)} takes no files to edit here`, 'unsupported')
  const named = Object.entries(options).map(([name, value]) => [camelCase(name), value])
  return {
    ...Object.fromEntries(named),
    model,
    prompt,
    ...(count === 1 ? {} : { n: count }),
    ...(size === undefined ? {} : { size }),
    ...(images ? { images: images.map(dataUrl) } : {})
  }
}

function dataUrl(image: Uint8Array | string): string {
  if (typeof image === 'string') return image
  // By its first byte: a JPEG, a WebP, or a PNG.
  const type = image[0] === 0xff ? 'jpeg' : image[0] === 0x52 ? 'webp' : 'png'
  return `data:image/${type};base64,${Buffer.from(image).toString('base64')}`
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

/** What a model has no field for is known before anything is sent. @throws {InvalidRequest} that names it. */
async function assertFields(relay: AnyRelay, item: RelayImage, options: JsonObject): Promise<void> {
  try {
    await relay.estimate(item)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    const name = Object.keys(options).find((each) => error.message.includes(camelCase(each)))
    if (name !== undefined) assertNoOptions({ [name]: true })
    throw invalidRequest(error.message, 'unsupported')
  }
}
