import { translateSdkCalls } from '../shared/sdk/translated/translate-sdk-calls.js'
import type { FetchLike } from '../shared/service/operation.js'
import type { RelayService } from './relay-service.js'
import type { RelaySession } from './relay-session.js'

/** What the calls of SDKs are answered with. */
interface SdkCalls {
  readonly service: Pick<RelayService<never, never, never>, 'spoken'>
  readonly session: Pick<RelaySession, 'apiUrl' | 'clock' | 'random'>
  /** Sends with the key, and enters what is billed. */
  readonly charged: FetchLike
  /** The names of models that a price is given of. */
  readonly known: readonly string[]
  readonly models: () => Promise<readonly string[]>
}

/** What a relay answers itself. Its videos are asked after where they are, in its own shape. */
const own = /^\/(?:images|videos)\//

/** Lets SDKs call what a relay does not speak for a model, by its chat. What it speaks is handed through. */
export function translateRelayCalls({ service, session, charged, known, models }: SdkCalls): FetchLike {
  const { apiUrl, clock, random } = session
  return translateSdkCalls({
    apiUrl,
    random,
    clock,
    known,
    models,
    send: charged,
    streams: () => true,
    speaks: (path, { body }) => own.test(path) || (service.spoken.get(path)?.(body) ?? false),
    chat(body, init) {
      const headers = new Headers(init.headers)
      for (const name of ['content-length', 'anthropic-version', 'anthropic-beta', 'accept'])
        headers.delete(name)
      headers.set('content-type', 'application/json')
      const url = `${apiUrl.href.replace(/\/$/, '')}/chat/completions`
      return charged(url, { ...init, method: 'POST', headers, body: JSON.stringify(body) })
    }
  })
}
