import type { FetchLike } from '../../shared/service/operation.js'

/** Sends calls with a proof of a balance, by a fetch that pays nothing: a shortfall is not to be paid as a price. */
export function provenFetch(fetch: FetchLike, createProof: () => string | Promise<string>): FetchLike {
  return async (url, init) => {
    const headers = new Headers(init.headers)
    headers.set('X-Sign-In-With-X', await createProof())
    return fetch(url, { ...init, headers })
  }
}
