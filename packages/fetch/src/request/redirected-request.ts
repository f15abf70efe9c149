import type { BursarError } from '@bursar/core'
import { canonicalUrl } from './canonical-url.js'
import type { CapturedRequest } from './captured-request.js'
import { nameOf, redirectedError, redirectTarget } from './redirected-error.js'

/**
 * Credentials for one origin, which a redirect to another must not get. Services name the header of their keys as they
 * like, such as `x-goog-api-key`, `api_key` and `x-authtoken`, so that the end of the name decides. The key of `idempotency-key` opens
 * nothing, and keeps a request from being done twice.
 */
const CREDENTIAL =
  /^(?:cookie|host)$|(?<!idempotency[-_])(?:authorization|auth|key|password|secret|token|sign-in-with-x)$/

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
 * @throws {BursarError} `request/redirected` when the location is no http(s) URL.
 * @see Fetch Standard, "HTTP-redirect fetch"
 */
export function redirectedRequest(request: CapturedRequest, { status, location }: Redirect): CapturedRequest {
  const url = URL.canParse(location, request.url.href) ? canonicalUrl(location, request.url) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw redirectRejected(request, { status, location }, 'which is no http URL')
  const isOtherOrigin = url.origin !== request.url.origin
  const isGet = becomesGet(status, request.method)
  const headers = request.headers.filter(
    ([name]) => !(isOtherOrigin && CREDENTIAL.test(name)) && !(isGet && name.startsWith('content-'))
  )
  const redirected = { ...request, url, headers, redirected: true }
  return isGet ? { ...redirected, method: 'GET', body: undefined } : redirected
}

/**
 * The error of a redirect that is not followed. Nothing was paid: only a request without a payment follows any.
 *
 * @param why goes on after the place that the redirect leads to.
 */
export function redirectRejected(
  request: CapturedRequest,
  { status, location }: Redirect,
  why: string
): BursarError<'request/redirected'> {
  return redirectedError({ status, from: nameOf(request), to: redirectTarget(request, location) }, why)
}

function becomesGet(status: number, method: string): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD'
  return (status === 301 || status === 302) && method === 'POST'
}
