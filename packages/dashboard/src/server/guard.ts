import type { IncomingMessage } from 'node:http'
import { type BrowserSession, isSame } from './sessions.js'

/**
 * Says why a request is not answered, before anything else is read of it. A browser that was made to call this machine by
 * another page, or by a name that somebody has pointed here (DNS rebinding), says so in these headers.
 *
 * @param origin of this server, such as `http://127.0.0.1:8404`.
 */
export function foreignReason({ headers }: IncomingMessage, origin: string): string | undefined {
  if (`http://${headers.host}` !== origin) return `This page is served at ${origin} only`
  if (headers.origin !== undefined && headers.origin !== origin) return 'Other pages are not answered'
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return 'Other pages are not answered'
  return undefined
}

/** Says why a write is not made. It comes from this page, whose browser says so, with the token that only this page knows. */
export function writeReason(
  { headers }: IncomingMessage,
  { origin, session }: { readonly origin: string; readonly session: BrowserSession }
): string | undefined {
  if (headers.origin !== origin) return 'A write must come from this page'
  if (headers['content-type'] !== 'application/json') return 'A write is JSON'
  const token = headers['x-csrf-token']
  return typeof token === 'string' && isSame(token, session.csrfToken) ? undefined : 'The page is out of date'
}
