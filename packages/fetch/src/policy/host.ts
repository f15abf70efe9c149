import { checkHostPattern, type OptionCheck } from '@bursar/core'

/** The canonical form of a host: lower case, without a dot at its end. */
export function canonicalHost(host: string): string {
  return host.toLowerCase().replace(/\.+(?=:\d+$|$)/, '')
}

/** A host, or all hosts under a domain, in any letter case and with or without a dot at its end. */
export const checkHostName: OptionCheck = (value, path) =>
  checkHostPattern(typeof value === 'string' ? canonicalHost(value) : value, path)

/**
 * Checks the name of one host. A pattern such as `*.example.com` is none: to a URL it is a host, which nobody can be. With
 * http's own port, it would be none of plain http.
 */
export const checkOneHost: OptionCheck = (value, path) => {
  if (String(value).includes('*'))
    throw new TypeError(`${path} is not the name of one host; name each, or limit any of them by perHost`)
  if (String(value).endsWith(':80'))
    throw new TypeError(`${path}: write it without :80, which no URL of plain http has in its host`)
  checkHostName(value, path)
}

/** Whether a host is the one that is named, or under the domain that is: `*.example.com`. */
export function matchesHost(pattern: string, host: string): boolean {
  const canonical = canonicalHost(pattern)
  return canonical.startsWith('*.') ? host.endsWith(canonical.slice(1)) : host === canonical
}
