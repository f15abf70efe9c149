import { canonicalUrl } from './canonical-url.js'
import type { CapturedRequest } from './captured-request.js'

/** Headers that speak for the caller to one origin only. */
const credentials = new Set([
  'authorization',
  'cookie',
  'host',
  'proxy-authorization',
  'sign-in-with-x',
  'x-api-key',
  'x-api-secret',
  'x-sign-in-with-x'
])

/** A redirect, as its answer asks for it. */
export interface Redirect {
  readonly status: number
  readonly location: string
}

/** Whether a status asks for another URL. */
export function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308
}

/**
 * The request that a redirect leads to, without the credentials when it leads to another origin.
 *
 * @throws {TypeError} when the location is no http(s) URL.
 * @see Fetch Standard, "HTTP-redirect fetch"
 */
export function redirectedRequest(request: CapturedRequest, { status, location }: Redirect): CapturedRequest {
  const url = canonicalUrl(location, request.url)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new TypeError('The server redirects to a URL that is not http')
  const isOtherOrigin = url.origin !== request.url.origin
  const isGet = becomesGet(status, request.method)
  const headers = request.headers.filter(
    ([name]) => !(isOtherOrigin && credentials.has(name)) && !(isGet && name.startsWith('content-'))
  )
  const redirected = { ...request, url, headers, redirected: true }
  return isGet ? { ...redirected, method: 'GET', body: undefined } : redirected
}

function becomesGet(status: number, method: string): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD'
  return (status === 301 || status === 302) && method === 'POST'
}
