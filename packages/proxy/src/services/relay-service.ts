import { type JsonObject, stringifyExact } from '@bursar/core'
import {
  generateRelayImages,
  type ImageReading,
  type ImageRelay,
  withImageBytes
} from '@bursar/generation/carriers'
import type { Relay } from '@bursar/generation/openclaw'
import { chunksOf } from './chat-chunks.js'
import { imagesOfJob } from './job-images.js'
import type { ProxyService } from './proxy-service.js'
import { readCompletion } from './read-answer.js'
import type { ServiceCall } from './service-call.js'
import { problemFrom } from './service-problem.js'

/** A relay as the proxy uses it. */
export type AnyRelay = ImageRelay & Pick<Relay<never, never, never>, 'fetch' | 'models'>

/** Where a relay's API is, and what it speaks. */
export interface RelayApi {
  /** For example `http://127.0.0.1:4000/relays/openclaw/v1`. */
  readonly apiUrl: string
  /** What the relay answers itself, for example `/messages`, by what is asked for. */
  readonly spoken: ReadonlyMap<string, (body: JsonObject) => boolean>
  /** Where videos are asked after, for example `/videos/task_1`. The job is its only group. */
  readonly polled: RegExp
  /** Fetches what was made, with the key where the relay itself keeps it. */
  readonly download: ImageReading['fetch']
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
export function relayService(
  relay: AnyRelay,
  { apiUrl, spoken, polled, download, assertOwn }: RelayApi
): ProxyService {
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
      return readCompletion(await send('/chat/completions', { body: stringifyExact(body) }, call))
    },
    async streamChat(body, call) {
      const streaming = { ...body, stream: true, stream_options: { include_usage: true } }
      return chunksOf(await send('/chat/completions', { body: stringifyExact(streaming) }, call))
    },
    async images(request, { signal, onPurchase }) {
      const call = { signal, fetchOptions: { bursar: { onPurchase } } }
      return imagesOfJob(await generateRelayImages(relay, request, call), signal)
    },
    async forward(path, { body, bytes, form = bytes, headers = {}, query = '' }, call) {
      if (!spoken.get(path)?.(body)) return undefined
      const answer = await send(path, { body: form, headers, query }, call)
      return path.startsWith('/images/')
        ? withImageBytes(answer, body, { service: new URL(apiUrl), fetch: download, signal: call.signal })
        : answer
    },
    poll(path, signal) {
      const [, job] = polled.exec(path) ?? []
      if (job === undefined) return undefined
      return assertOwn(job).then(() => relay.fetch(`${apiUrl}${path}`, { signal }))
    }
  }
}
