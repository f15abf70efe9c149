import { isJsonObject, type JsonObject } from '@bursar/core'
import type { Relay } from '@bursar/generation/relays'
import { picturesOf } from './katana-service.js'
import { ProxyProblem } from './problem.js'
import type { ProxyService, ServiceCall } from './service.js'

/** A relay as it is used here: whatever its pictures need besides what OpenAI has. */
export type AnyRelay = Relay<{ model: string; prompt: string; n?: number; size?: string }, never, never>

/** Where a relay is, and which of the APIs it speaks by itself. */
export interface RelayPlace {
  /** Such as `http://127.0.0.1:4000/relays/openclaw/v1`. */
  readonly apiUrl: string
  readonly speaks: ReadonlySet<string>
}

/** A service that bills an account: it speaks the APIs by itself, and each call is entered by what it cost. */
export function relayService(relay: AnyRelay, { apiUrl, speaks }: RelayPlace): ProxyService {
  const send = (path: string, body: BodyInit, { labels, signal }: ServiceCall): Promise<Response> =>
    relay.fetch(`${apiUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal,
      ...{ bursar: { labels } }
    })
  return {
    name: relay.service,
    models: () => relay.models.list(),
    async complete(body, call) {
      const response = await send('/chat/completions', JSON.stringify(body), call)
      return answerOf(response)
    },
    async pictures({ model, prompt, count, size }) {
      const item = { model, prompt, n: count, ...(size === undefined ? {} : { size }) }
      return picturesOf(await relay.images.generate(item))
    },
    native: (path, body, call) => (speaks.has(path) ? send(path, body, call) : undefined)
  }
}

async function answerOf(response: Response): Promise<JsonObject> {
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok && isJsonObject(body)) return body
  const error = isJsonObject(body) && isJsonObject(body.error) ? body.error.message : undefined
  const status = response.status === 401 || response.status === 403 || response.ok ? 502 : response.status
  throw new ProxyProblem(
    status,
    'service_refused',
    String(error ?? `The service answered ${response.status}`)
  )
}
