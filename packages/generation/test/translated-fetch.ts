import type { Clock } from '@bursar/core'
import { expect } from 'vitest'
import { translateSdkCalls } from '../src/shared/sdk/translated/translate-sdk-calls.js'
import type { FetchLike } from '../src/shared/service/operation.js'

/** A call that came to a service. */
interface SentCall extends RequestInit {
  readonly path: string
}

const clock: Clock = { nowMs: () => 0, sleep: () => new Promise(() => {}) }

/** The fetch of a service that speaks everything itself, or nothing, and what was sent to it. */
export function translatedFetch({ speaks }: { readonly speaks: boolean }) {
  const sent: SentCall[] = []
  const fetch: FetchLike = translateSdkCalls({
    apiUrl: new URL('https://shop.example/v1'),
    async send(url, init) {
      sent.push({ ...init, path: new URL(url).pathname })
      return new Response()
    },
    speaks: () => speaks,
    streams: () => speaks,
    chat: () => expect.unreachable('nothing is to be asked of the chat'),
    models: async () => ['one'],
    random: (length) => new Uint8Array(length),
    clock
  })
  const call = (path: string, init: RequestInit): Promise<Response> =>
    fetch(`https://shop.example/v1${path}`, init)
  return { sent, call }
}
