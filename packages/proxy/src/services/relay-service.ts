import { isJsonObject, type JsonObject } from '@bursar/core'
import type { Relay } from '@bursar/generation/openclaw'
import { assertNoOptions, invalidRequest } from '@bursar/translation'
import { imagesOfJob } from './job-images.js'
import type { ProxyService } from './proxy-service.js'
import type { ServiceCall } from './service-call.js'
import { malformedAnswer, problemFrom } from './service-problem.js'

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
  /** Where videos are asked after, for example `/videos/task_1`. */
  readonly polled: RegExp
}

/** A service that bills an account. It speaks the APIs itself, and each call is entered in the ledger at what it cost. */
export function relayService(relay: AnyRelay, { apiUrl, spoken, polled }: RelayApi): ProxyService {
  const send = async (path: string, body: BodyInit, { labels, signal }: ServiceCall): Promise<Response> => {
    // A form brings a type of its own, with its boundary.
    const headers = body instanceof FormData ? {} : { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body, signal, bursar: { labels } }
    const response = await relay.fetch(`${apiUrl}${path}`, init)
    if (response.ok) return response
    throw await problemFrom(response)
  }
  return {
    models: () => relay.models.list(),
    async complete(body, call) {
      const response = await send('/chat/completions', JSON.stringify(body), call)
      const answer: unknown = await response.json().catch(() => undefined)
      if (isJsonObject(answer)) return answer
      throw malformedAnswer()
    },
    async images({ model, prompt, count, size, options, images }, { signal }) {
      assertNoOptions(options)
      if (images) throw invalidRequest(`${model.slice(0, 40)} takes no files to edit here`, 'unsupported')
      const counted = count === 1 ? {} : { n: count }
      const item = { model, prompt, ...counted, ...(size === undefined ? {} : { size }) }
      await assertFields(relay, item)
      return imagesOfJob(await relay.images.generate(item, { signal }), signal)
    },
    forward: async (path, { body, bytes, form = bytes }, call) =>
      spoken.get(path)?.(body) ? send(path, form, call) : undefined,
    poll: (path, signal) => (polled.test(path) ? relay.fetch(`${apiUrl}${path}`, { signal }) : undefined)
  }
}

/** What a model has no field for is known before anything is sent. @throws {InvalidRequest} */
async function assertFields(relay: AnyRelay, item: RelayImage): Promise<void> {
  try {
    await relay.estimate(item)
  } catch (error) {
    if (error instanceof TypeError) throw invalidRequest(error.message, 'unsupported')
    throw error
  }
}
