import { BursarError, isLoopback } from '@bursar/core'

/**
 * The origin that a proof may go to: https, or http on this machine.
 *
 * @throws {BursarError} `request/insecure` for plain http to another machine.
 * @throws {TypeError} when it is not an absolute URL. The message does not show it.
 */
export function readOrigin(url: string | URL): string {
  const { protocol, hostname, host, origin } = readUrl(url)
  if (protocol === 'https:' || isLoopback(hostname)) return origin
  throw new BursarError('request/insecure', {
    message: `${host} is not reached over https, and a wallet proof sent there could be read and used by others. Nothing was sent.`,
    context: { host },
    moneyState: 'none'
  })
}

/**
 * Reads an absolute http or https URL.
 *
 * @throws {TypeError} which, unlike the platform's own, does not carry the text.
 */
export function readUrl(url: string | URL): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  // A blob: URL has the origin of the page that made it.
  if (parsed?.protocol === 'https:' || parsed?.protocol === 'http:') return parsed
  throw new TypeError('A wallet proof needs an absolute http or https URL')
}

/** Whether a URI is an http or https URL of an origin and carries no credentials. */
export function isOfOrigin(uri: string, origin: string): boolean {
  const url = URL.canParse(uri) ? new URL(uri) : undefined
  const { protocol } = new URL(origin)
  return url?.protocol === protocol && url.origin === origin && url.username === '' && url.password === ''
}
