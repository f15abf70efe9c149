import { findAlongCause, isBranded } from './brand.js'

/** The part of another library's error that is kept: enough to say what failed, too little to leak. */
export interface ReducedCause {
  readonly name: string
  readonly code?: string | number
  readonly status?: number
}

/**
 * Reduces another library's error to name, code and status. Messages of chain and HTTP libraries carry RPC URLs with
 * keys, request bodies and headers; none of that may reach a log through us. Our own errors are kept, also when another
 * library's error wraps them.
 */
export function reduceCause(cause: unknown): unknown {
  const ours = findAlongCause(cause, isBranded)
  if (ours) return ours
  if (typeof cause !== 'object' || cause === null) return { name: typeof cause }
  const name = fieldOf(cause, 'name')
  const status = fieldOf(cause, 'status')
  // undici and fetch have the useful code (ECONNREFUSED) one level down.
  const code = [fieldOf(cause, 'code'), fieldOf(fieldOf(cause, 'cause'), 'code')].find(isShortCode)
  const reduced: ReducedCause = {
    name: typeof name === 'string' && /^\w{1,64}$/.test(name) ? name : 'Error',
    ...(code === undefined ? {} : { code }),
    ...(typeof status === 'number' ? { status } : {})
  }
  return Object.freeze(reduced)
}

function fieldOf(value: unknown, field: string): unknown {
  try {
    return typeof value === 'object' && value !== null ? Reflect.get(value, field) : undefined
  } catch {
    // A getter that throws must not hide where the money is.
    return undefined
  }
}

function isShortCode(code: unknown): code is string | number {
  return typeof code === 'number' || (typeof code === 'string' && /^[\w.-]{1,64}$/.test(code))
}
