import { discardBody } from '@bursar/core'
import type { FetchLike } from './operation.js'

/** Whether an answer leads elsewhere. */
export function isRedirect({ type, status }: Pick<Response, 'type' | 'status'>): boolean {
  return type === 'opaqueredirect' || [301, 302, 303, 307, 308].includes(status)
}

/**
 * Lets a fetch fail where it is redirected: credentials, proofs and prompts go to one origin, and payments do too. Edge
 * runtimes know no `redirect: 'error'`.
 *
 * The fetch throws a TypeError when the answer is a redirect.
 */
export function withoutRedirects(fetch: FetchLike): FetchLike {
  return async (url, init) => {
    const response = await fetch(url, { ...init, redirect: 'manual' })
    if (!isRedirect(response)) return response
    discardBody(response)
    throw new TypeError('the answer is a redirect, which is not followed')
  }
}
