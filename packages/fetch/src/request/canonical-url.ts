/**
 * The canonical form of a URL, which the ledger, the limits and the policy use. It has no dot at the end of the host,
 * which means the same host, and no fragment, which is never sent.
 *
 * @throws {TypeError} when it is no URL.
 */
export function canonicalUrl(url: string | URL, base?: URL): URL {
  const canonical = new URL(url, base)
  if (canonical.hash !== '') canonical.hash = ''
  if (canonical.hostname.endsWith('.')) canonical.hostname = canonical.hostname.replace(/\.+$/, '')
  return canonical
}
