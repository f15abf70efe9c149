import { isJsonObject } from '@bursar/core'
import type { Relay } from '@bursar/generation/openclaw'
import { ProxyProblem } from '@bursar/local-server'
import { picturesOf } from './katana-service.js'
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
  const send = async (path: string, body: BodyInit, { labels, signal }: ServiceCall): Promise<Response> => {
    const response = await relay.fetch(`${apiUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal,
      ...{ bursar: { labels } }
    })
    if (!response.ok) throw await refusalOf(response)
    return response
  }
  return {
    name: relay.service,
    models: () => relay.models.list(),
    async complete(body, call) {
      const response = await send('/chat/completions', JSON.stringify(body), call)
      const answer: unknown = await response.json().catch(() => undefined)
      if (isJsonObject(answer)) return answer
      throw new ProxyProblem(502, 'service_malformed', 'The service answered what is no JSON', 'settled')
    },
    async pictures({ model, prompt, count, size }) {
      const item = { model, prompt, n: count, ...(size === undefined ? {} : { size }) }
      return picturesOf(await relay.images.generate(item))
    },
    native: (path, body, call) => (speaks.has(path) ? send(path, body, call) : undefined)
  }
}

async function refusalOf(response: Response): Promise<ProxyProblem> {
  const { status } = response
  const body: unknown = await response.json().catch(() => undefined)
  const error = isJsonObject(body) && isJsonObject(body.error) ? body.error : {}
  const words = typeof error.message === 'string' ? error.message : `The service answered ${status}`
  // As the meter counts it: what the service refused was not begun; in trouble of its own it may have begun.
  const moneyState = status < 500 || status === 503 ? 'none' : 'unknown'
  // A key of ours that is wrong is no matter of the client's token.
  const told = status === 401 || status === 403 ? 502 : status
  return new ProxyProblem(told, 'service_refused', words, moneyState)
}
