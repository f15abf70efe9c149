/** The codes of failures before a byte of a request was sent. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT'
])

/** Whether a fetch failed before a byte of its request was sent, so that the server did nothing. */
export function isNeverSent(error: unknown): boolean {
  return neverSent.has(systemCodeOf(error) ?? '')
}

/** The code of the system or of undici, such as `ECONNREFUSED`. What they say is below what fetch says. */
export function systemCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const code: unknown = Reflect.get(error, 'code')
  if (typeof code === 'string' && /^[\w.-]{1,64}$/.test(code)) return code
  return systemCodeOf(Reflect.get(error, 'cause'))
}
