import { isBursarError } from './bursar-error.js'

/** What is left of an error that is not ours: enough to tell what failed, too little to leak. */
export interface ReducedCause {
  readonly name: string
  readonly code?: string | number
  readonly status?: number
}

/**
 * Reduces a foreign error to name, code and status. Messages of chain and HTTP libraries carry
 * RPC URLs with keys, request bodies and headers; none of that may reach a log through us.
 */
export function reduceCause(cause: unknown): unknown {
  if (isBursarError(cause)) return cause
  if (typeof cause !== 'object' || cause === null) return { name: typeof cause }
  const { name, code, status } = cause as Record<string, unknown>
  const inner: unknown = (cause as { cause?: unknown }).cause
  // undici and fetch wrap the telling code (ECONNREFUSED) one level down.
  const innerCode =
    typeof inner === 'object' && inner !== null ? (inner as { code?: unknown }).code : undefined
  const telling = isShortCode(code) ? code : isShortCode(innerCode) ? innerCode : undefined
  const reduced: ReducedCause = {
    name: typeof name === 'string' && /^\w{1,64}$/.test(name) ? name : 'Error',
    ...(telling === undefined ? {} : { code: telling }),
    ...(typeof status === 'number' ? { status } : {})
  }
  return Object.freeze(reduced)
}

function isShortCode(code: unknown): code is string | number {
  return typeof code === 'number' || (typeof code === 'string' && /^[\w.-]{1,64}$/.test(code))
}
