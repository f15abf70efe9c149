import type { Clock, RandomBytes } from '@bursar/core'
import type { PlainFetch, Prepaid } from '@bursar/prepaid'
import { chatInit } from '../shared/sdk/translated/chat-init.js'
import { translateSdkCalls } from '../shared/sdk/translated/translate-sdk-calls.js'
import type { FetchLike } from '../shared/service/operation.js'
import { readModels } from '../shared/service/read-models.js'

/** What Venice answers itself of what the proxy carries. */
export const veniceSpoken: ReadonlySet<string> = new Set(['/chat/completions', '/images/generations'])

/** What it has besides, which is sent from a process as it is. */
const others = /^\/(?:embeddings|audio\/[a-z]+)$/

/** What Venice answers calls of SDKs with. */
interface SdkCalls {
  /** Such as `https://api.venice.ai/api/v1`. */
  readonly apiUrl: URL
  readonly balance: Pick<Prepaid, 'fetch'>
  /** Fetches without credentials and without paying. */
  readonly plainFetch: PlainFetch | undefined
  readonly random: RandomBytes
  readonly clock: Clock
}

/** Lets SDKs call what Venice does not have, by its chat. */
export function translateVeniceCalls({ apiUrl, balance, plainFetch, random, clock }: SdkCalls): FetchLike {
  return translateSdkCalls({
    apiUrl,
    random,
    clock,
    send: balance.fetch,
    streams: () => true,
    speaks: (path) => veniceSpoken.has(path) || others.test(path),
    chat(body, init) {
      const call = chatInit(body, init)
      // Anthropic's SDK insists on a key, and may bring it in this header. It is no credential.
      call.headers.delete('x-api-key')
      return balance.fetch(`${apiUrl.href}/chat/completions`, call)
    },
    models: () => readModels(`${apiUrl.href}/models`, { fetch: plainFetch }),
    async images({ model }) {
      const { noEdits } = await import('@bursar/translation')
      throw noEdits(model)
    }
  })
}
