import type { Clock, JsonObject, JsonValue, RandomBytes } from '@bursar/core'
import { chatInit } from '../../shared/sdk/translated/chat-init.js'
import type { SdkInit, SdkVideos } from '../../shared/sdk/translated/sdk-service.js'
import { translateSdkCalls } from '../../shared/sdk/translated/translate-sdk-calls.js'
import type { FetchLike } from '../../shared/service/operation.js'
import type { Catalogue } from '../catalogue/model.js'
import type { SdkImagesContext } from './sdk-images.js'
import type { SdkVideosContext } from './sdk-videos.js'

/** What Katana answers calls of SDKs with. */
export interface SdkCalls extends SdkImagesContext, SdkVideosContext {
  readonly apiUrl: URL
  /** Sends what Katana answers itself, and pays for it. */
  readonly route: FetchLike
  /** Whether a call is billed to the key of an account. */
  readonly isByKey: (headers: Headers) => boolean
  /** Whether a call brings a key of its own. */
  readonly bringsKey: (headers: Headers) => boolean
  readonly catalogue: Pick<Catalogue, 'texts' | 'images' | 'videos'>
  /** Whether what Katana would reject is rejected before it is sent. */
  readonly validate: boolean
  readonly random: RandomBytes
  readonly clock: Clock
}

/**
 * Lets SDKs call what Katana does not have. A text that x402 pays for comes whole from Katana, also where it is to stream
 * (Katana 50).
 */
export function translateKatanaCalls(calls: SdkCalls): FetchLike {
  const { apiUrl, route, isByKey, bringsKey, catalogue, random, clock } = calls
  const streams = ({ headers }: SdkInit): boolean => isByKey(new Headers(headers))
  return translateSdkCalls({
    apiUrl,
    random,
    clock,
    send: route,
    streams,
    speaks(path, { body, init }) {
      if (path === '/chat/completions')
        return isListed(catalogue, body.model) && (body.stream !== true || streams(init))
      // The client's images and videos are not billed to a key that a call brings.
      return /^\/(?:images|videos)\b/.test(path) && bringsKey(new Headers(init.headers))
    },
    async assertRequest(path, body) {
      if (path === '/chat/completions') await assertChat(calls, body)
    },
    async chat(body, init) {
      await assertChat(calls, body)
      return route(`${apiUrl.href.replace(/\/$/, '')}/chat/completions`, withKatanaKey(chatInit(body, init)))
    },
    models: async () =>
      [...catalogue.texts, ...catalogue.images, ...catalogue.videos].map(({ name }) => name),
    images: async (request, init) => (await import('./sdk-images.js')).makeSdkImages(calls, request, init),
    videos: {
      create: async (...call) => (await openVideos(calls)).create(...call),
      retrieve: async (...call) => (await openVideos(calls)).retrieve(...call),
      content: async (...call) => (await openVideos(calls)).content(...call)
    }
  })
}

async function assertChat({ validate, catalogue }: SdkCalls, body: JsonObject): Promise<void> {
  if (validate) (await import('./assert-chat.js')).assertChat(catalogue, body)
}

async function openVideos(calls: SdkVideosContext): Promise<SdkVideos> {
  return (await import('./sdk-videos.js')).openSdkVideos(calls)
}

function isListed({ texts }: Pick<Catalogue, 'texts'>, model: JsonValue | undefined): boolean {
  return texts.some(({ name }) => name === model)
}

/** Anthropic's SDK may bring its key in a header that is another one at Katana. */
function withKatanaKey(call: ReturnType<typeof chatInit>): RequestInit {
  const { headers } = call
  const key = headers.get('x-api-key')
  if (key !== null) headers.set('authorization', `Bearer ${key}`)
  headers.delete('x-api-key')
  return call
}
