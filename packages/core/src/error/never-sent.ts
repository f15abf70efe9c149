/** What fails before there is a connection, and so before a byte of a request was sent. */
const connecting: ReadonlySet<unknown> = new Set(['connect', 'getaddrinfo'])

/** What the system or undici say of a failure. Where each address of a name was tried, there is one of each. */
interface SystemFailure {
  readonly code: string
  readonly syscall?: unknown
  readonly errors?: unknown
}

/** Whether a fetch failed before a byte of its request was sent, so that the server did nothing. */
export function isNeverSent(error: unknown): boolean {
  const failure = systemFailure(error)
  if (!failure) return false
  if (failure.code === 'UND_ERR_CONNECT_TIMEOUT') return true
  const { errors } = failure
  const each: readonly unknown[] = Array.isArray(errors) && errors.length > 0 ? errors : [failure]
  // A network that is gone has the same code where a connection was there, and a request on it.
  return each.every((one) => (one === failure || isFailure(one)) && connecting.has(Object(one).syscall))
}

/** The code of the system or of undici, such as `ECONNREFUSED`, or the permission that Deno misses. What they say is below what fetch says. */
export function systemCodeOf(error: unknown): string | undefined {
  return systemFailure(error)?.code
}

function systemFailure(error: unknown): SystemFailure | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const missing = missingPermission(error)
  if (missing) return { code: `Deno needs ${missing}`, syscall: 'connect' }
  return isFailure(error) ? error : systemFailure(Reflect.get(error, 'cause'))
}

/** The flag that is missing where Deno does not let the program reach a host, or read what that needs: nothing was sent. */
function missingPermission(error: object): string | undefined {
  if (Reflect.get(error, 'name') !== 'NotCapable') return undefined
  return /--allow-[a-z]+/.exec(String(Reflect.get(error, 'message')))?.[0] ?? 'a permission'
}

function isFailure(error: unknown): error is SystemFailure {
  if (typeof error !== 'object' || error === null) return false
  const code: unknown = Reflect.get(error, 'code')
  return typeof code === 'string' && /^[\w.-]{1,64}$/.test(code)
}
