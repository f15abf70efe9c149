import { isLoopback } from '@bursar/core'

/**
 * Reads where a service lives (Katana 1).
 *
 * @throws {TypeError} when it is not https (loopback excepted), or carries credentials, a query or a fragment.
 */
export function parseBaseUrl(text: string): URL {
  if (!URL.canParse(text)) throw new TypeError('baseUrl is not a URL')
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new TypeError('baseUrl must be https; only loopback may be http')
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new TypeError('baseUrl must have no credentials, query or fragment')
  }
  return url
}

/**
 * Whether something may be fetched from a URL that a service chose: https, or http between loopback services. A service
 * elsewhere does not get to name this machine.
 */
export function isFetchable(url: URL, service: URL): boolean {
  if (url.username !== '' || url.password !== '') return false
  if (namesThisMachine(url.hostname) && !isLoopback(service.hostname)) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

/** By any of its spellings: those of loopback, the addresses that a system takes for it, and the same in six words. */
function namesThisMachine(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '')
  return (
    isLoopback(name) || /^(?:0\.0\.0\.0|\[::\]|\[::(?:ffff:)?(?:7f[\da-f]{2}:[\da-f]{1,4}|0:0)\])$/.test(name)
  )
}
