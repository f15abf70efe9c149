import type { FetchLike } from '../shared/service/operation.js'

/** What a key is sent with. */
export interface KeyedFetch {
  readonly apiKey: string
  readonly fetch: FetchLike
}

/** The key goes with every request, in the one header that is for it. */
export function withKey({ apiKey, fetch }: KeyedFetch): FetchLike {
  return (url, init) => {
    const headers = new Headers(init.headers)
    headers.delete('x-api-key')
    headers.set('authorization', `Bearer ${apiKey}`)
    return fetch(url, { ...init, headers })
  }
}

/**
 * Builds what fetches what a relay made. Downloads carry the key to the service itself, and to nowhere else (Tokenhot 54): where
 * one is redirected, whoever follows asks anew for the next address.
 *
 * @param service where the relay is.
 */
export function relayDownloads({ origin }: URL, keyed: KeyedFetch): FetchLike {
  const authorized = withKey(keyed)
  return (url, init) => (new URL(url).origin === origin ? authorized : keyed.fetch)(url, init)
}
