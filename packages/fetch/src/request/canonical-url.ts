/**
 * A URL as the ledger, the limits and the policy know it: one spelling for one place. A dot at the end of a host says
 * only that the name is complete, and a fragment is never sent.
 *
 * @throws {TypeError} when it is no URL.
 */
export function canonicalUrl(url: string | URL, base?: URL): URL {
  const canonical = new URL(url, base)
  if (canonical.hash !== '') canonical.hash = ''
  if (canonical.hostname.endsWith('.')) canonical.hostname = canonical.hostname.replace(/\.+$/, '')
  return canonical
}
