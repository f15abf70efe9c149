import type { JsonObject, JsonValue, RandomBytes } from '@bursar/core'
import type { SdkInit } from '../../shared/sdk/translated/sdk-service.js'
import { translateSdkCalls } from '../../shared/sdk/translated/translate-sdk-calls.js'
import type { FetchLike } from '../../shared/service/operation.js'
import type { Catalogue } from '../catalogue/model.js'
import type { SdkImagesContext } from './sdk-images.js'

/** What Katana answers calls of SDKs with. */
export interface SdkCalls extends SdkImagesContext {
  readonly apiUrl: URL
  /** Sends what Katana answers itself, and pays for it. */
  readonly route: FetchLike
  /** Whether a call is billed to the key of an account. */
  readonly isByKey: (headers: Headers) => boolean
  /** Whether a call brings a key of its own. */
  readonly bringsKey: (headers: Headers) => boolean
  readonly catalogue: Pick<Catalogue, 'texts' | 'images'>
  readonly random: RandomBytes
  readonly nowMs: () => number
}

/**
 * Lets SDKs call what Katana does not have. A text that x402 pays for comes whole from Katana, also where it is to stream
 * (Katana 50).
 */
export function translateKatanaCalls(calls: SdkCalls): FetchLike {
  const { apiUrl, route, isByKey, bringsKey, catalogue, random, nowMs } = calls
  const streams = ({ headers }: SdkInit): boolean => isByKey(new Headers(headers))
  return translateSdkCalls({
    apiUrl,
    random,
    nowMs,
    send: route,
    streams,
    speaks(path, { body, init }) {
      if (path === '/chat/completions')
        return isListed(catalogue, body.model) && (body.stream !== true || streams(init))
      // The client's images are not billed to a key that a call brings.
      return path.startsWith('/images/') && bringsKey(new Headers(init.headers))
    },
    chat: async (body, init) =>
      route(`${apiUrl.href.replace(/\/$/, '')}/chat/completions`, {
        ...init,
        method: 'POST',
        headers: chatHeaders(new Headers(init.headers)),
        body: JSON.stringify(await named(body, catalogue))
      }),
    models: async () => [...catalogue.texts, ...catalogue.images].map(({ name }) => name),
    images: async (request, init) => (await import('./sdk-images.js')).makeSdkImages(calls, request, init)
  })
}

function isListed({ texts }: Pick<Catalogue, 'texts'>, model: JsonValue | undefined): boolean {
  return texts.some(({ name }) => name === model)
}

/** With the listed name of a model that was asked for by a dated, dotted or prefixed one. */
async function named(body: JsonObject, { texts }: Pick<Catalogue, 'texts'>): Promise<JsonObject> {
  const { model } = body
  if (typeof model !== 'string') return body
  const { resolveModel } = await import('@bursar/translation')
  const listed = texts.map(({ name }) => name)
  return { ...body, model: resolveModel(model, listed) ?? model }
}

/** Anthropic's SDK may bring its key in a header that is another one at Katana. */
function chatHeaders(headers: Headers): Headers {
  const key = headers.get('x-api-key')
  if (key !== null) headers.set('authorization', `Bearer ${key}`)
  for (const name of [...headers.keys()])
    if (/^(?:anthropic-|x-api-key$|content-length$|accept$)/.test(name)) headers.delete(name)
  headers.set('content-type', 'application/json')
  return headers
}
