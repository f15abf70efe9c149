/** Whether a URL's host name means this machine, as every name under `localhost` does. @see RFC 6761, section 6.3 */
export function isLoopback(hostname: string): boolean {
  return /^(?:.+\.)?localhost$|^\[::1\]$|^127(?:\.\d{1,3}){3}$/.test(hostname)
}
