import { BursarError, hideLong } from '@bursar/core'
import type { CapturedRequest } from './captured-request.js'

/** A server chooses where a redirect leads, and how long that is. */
const MAX_PLACE = 200

/** A redirect, as its error reports it. */
interface ReportedRedirect {
  readonly status: number
  readonly from: string
  readonly to: string
}

/**
 * The error of a redirect that is not followed, or not paid.
 *
 * @param why goes on after the place that the redirect leads to.
 */
export function redirectedError(
  { status, from, to: whole }: ReportedRedirect,
  why: string
): BursarError<'request/redirected'> {
  const to = whole.slice(0, MAX_PLACE)
  return new BursarError('request/redirected', {
    message: `${from} was redirected (${status}) to ${to}, ${why}. Nothing was signed.`,
    context: { status, from, to },
    moneyState: 'none'
  })
}

/** The place that a redirect of a request leads to. */
export function redirectTarget({ url }: CapturedRequest, location: string): string {
  const target = URL.canParse(location, url.href) ? placeOf(new URL(location, url)) : 'a malformed URL'
  return hideLong(target).slice(0, MAX_PLACE)
}

/** A request's method and place. */
export function nameOf({ method, url }: CapturedRequest): string {
  return `${method} ${placeOf(url)}`
}

/** A URL without its query, which may hold secrets. */
function placeOf({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`
}
