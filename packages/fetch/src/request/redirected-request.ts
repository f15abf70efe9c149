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
export function redirectedRequest(
  request: CapturedRequest,
  status: number,
  location: string
): CapturedRequest {
  const url = new URL(location, request.url)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new TypeError('The server redirects to a URL that is not http')
  const becomesGet =
    (status === 303 && request.method !== 'GET' && request.method !== 'HEAD') ||
    ((status === 301 || status === 302) && request.method === 'POST')
  const leaves = url.origin !== request.url.origin
  const headers = request.headers.filter(
    ([name]) => !(leaves && credentials.has(name)) && !(becomesGet && name.startsWith('content-'))
  )
  const { body: _, ...rest } = request
  if (becomesGet) return { ...rest, method: 'GET', url, headers }
  return { ...request, url, headers }
}
