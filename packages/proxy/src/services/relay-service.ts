import { isJsonObject } from '@bursar/core'
import type { Relay } from '@bursar/generation/openclaw'
import { HttpProblem } from '@bursar/local-server'
import { imagesOfJob } from './job-images.js'
import { malformedAnswer } from './katana-service.js'
import type { ProxyService, ServiceCall } from './proxy-service.js'

/** An image as OpenAI's API describes it, which every relay takes. */
interface RelayImage {
  readonly model: string
  readonly prompt: string
  readonly n?: number
  readonly size?: string
}

/** A relay as the proxy uses it. */
export type AnyRelay = Pick<Relay<RelayImage, never, never>, 'fetch' | 'images' | 'models'>

/** Where a relay's API is, and what it speaks. */
export interface RelayApi {
  /** For example `http://127.0.0.1:4000/relays/openclaw/v1`. */
  readonly apiUrl: string
  /** Paths that the relay answers itself, for example `/messages`. */
  readonly paths: ReadonlySet<string>
}

/** A service that bills an account. It speaks the APIs itself, and each call is entered in the ledger at what it cost. */
export function relayService(relay: AnyRelay, { apiUrl, paths }: RelayApi): ProxyService {
  const send = async (path: string, body: BodyInit, { labels, signal }: ServiceCall): Promise<Response> => {
    const headers = { 'content-type': 'application/json' }
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
    async images({ model, prompt, count, size }) {
      const item = { model, prompt, n: count, ...(size === undefined ? {} : { size }) }
      return imagesOfJob(await relay.images.generate(item))
    },
    forward: (path, body, call) => (paths.has(path) ? send(path, body, call) : undefined)
  }
}

async function problemFrom(response: Response): Promise<HttpProblem> {
  const { status } = response
  const body: unknown = await response.json().catch(() => undefined)
  const error = isJsonObject(body) && isJsonObject(body.error) ? body.error : {}
  return new HttpProblem({
    // A relay that rejects our key says nothing about the client's token.
    status: status === 401 || status === 403 ? 502 : status,
    code: 'service_refused',
    message: typeof error.message === 'string' ? error.message : `The service answered ${status}`,
    // As the meter counts it: a request that was rejected did not begin; a server's failure may have begun.
    moneyState: status < 500 || status === 503 ? 'none' : 'unknown'
  })
}
