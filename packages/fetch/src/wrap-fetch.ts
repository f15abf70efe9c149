import { type BursarFetch, type PayingFetchOptions, createPayingFetch } from './bursar.js'
import type { FetchLike } from './transport/fetch-transport.js'

/**
 * Wraps a fetch that the user brings, so that a 402 is paid.
 *
 * @throws {TypeError} when `limits` is missing.
 */
export function wrapFetch(fetch: FetchLike, options: Omit<PayingFetchOptions, 'fetch'>): BursarFetch {
  return createPayingFetch({ ...options, fetch }).fetch
}
